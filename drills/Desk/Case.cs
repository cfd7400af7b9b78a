namespace Settlement.Drills.Desk;

/// <summary>The settlement that a drill is about.</summary>
internal sealed record Case(Guid Id, string Reference)
{
    public string WorkflowId => $"settlement-{Reference}";
}
