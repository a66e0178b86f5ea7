"""What an author wrote, held against everyone who is to stay hidden."""
