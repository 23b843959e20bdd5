"""What each address does: glue between the request, the parts of the program, and the views."""
