namespace Settlement.Activities.Tests.Support;

/// <summary>One database and one bank, used by one test class after the other.</summary>
[CollectionDefinition(Name)]
public sealed class BooksCollection : ICollectionFixture<Books>
{
    public const string Name = "books";
}
