"""Every job without the window: `program` has the commands, the others a group of them each."""
