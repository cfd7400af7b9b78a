namespace Settlement.AppHost.Processes;

/// <summary>Something the user can mend: printed as one line, without a stack trace, and the program ends with exit code 2.</summary>
public sealed class UserErrorException(string message) : Exception(message);
