// Every class here starts a whole house; side by side they would only wait for each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
