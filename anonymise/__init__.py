"""Who is named where, who is who, and a review that is safe to show. The only room that knows spaCy and Presidio."""
