namespace Temporalio.DevServer.Storage;

/// <summary>Names a small document.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Scope">The namespace id it belongs to, or empty for what belongs to the server.</param>
/// <param name="Name">Its name in the scope, for example a schedule id.</param>
internal readonly record struct DocumentKey(DocumentKind Kind, string Scope, string Name);
