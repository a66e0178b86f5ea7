"""What one agency says that it told another: clauses -> told -> contacts -> rows -> receipts -> unanswered, and knowledge that nobody gave."""
