"""What a change of the files changes in a store, worked out for the change and not for the store."""
