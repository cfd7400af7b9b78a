// Every class here starts a whole environment; side by side they would only wait for each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
