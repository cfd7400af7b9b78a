using System.Net;

namespace Settlement.Activities.Banks;

/// <summary>What came back over the wire, before it means anything: a status with a bounded body, or why there is none.</summary>
/// <param name="Status">HTTP status; null: no complete answer.</param>
/// <param name="Body">The body's bytes; empty without an answer.</param>
/// <param name="Fault">Why there is no complete answer; null with one.</param>
/// <param name="MayHaveArrived">False: provably no byte of the request's body has left.</param>
internal sealed record BankReply(HttpStatusCode? Status, ReadOnlyMemory<byte> Body, string? Fault, bool MayHaveArrived);
