namespace Settlement.Hosting;

/// <summary>A wrong setting. Its message is the one line that the program prints before it stops.</summary>
public sealed class ConfigurationException(string message) : Exception(message);
