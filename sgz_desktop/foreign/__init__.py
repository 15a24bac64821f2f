"""Files from outside, read in a child process with little memory, little time and nothing of ours in it."""
