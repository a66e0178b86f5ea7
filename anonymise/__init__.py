"""Who is named where, who is who, and a review that is safe to show. The only room that knows spaCy and Presidio."""

import os

# read once, when numpy is first imported: spaCy's products are small, and threads inside one would wait for one another all the time
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
