"""The programs that make the fixtures, a module for each."""
