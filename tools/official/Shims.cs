// Stands in for what the official SDK's tests take from packages that cannot be restored here. Compiled by tools/official-tests only.
using System.Globalization;
using Xunit.Abstractions;

#pragma warning disable SA1402, SA1649 // One file, so that there is one thing to add.

namespace Microsoft.Extensions.Logging
{
    /// <summary>Sends logs to a test's output.</summary>
    internal static class XunitLogging
    {
        public static ILoggingBuilder AddXUnit(this ILoggingBuilder builder, ITestOutputHelper output) =>
            builder.AddProvider(new Provider(output));

        private sealed class Provider(ITestOutputHelper output) : ILoggerProvider
        {
            public ILogger CreateLogger(string categoryName) => new Logger(output, categoryName);

            public void Dispose()
            {
                // The output belongs to the test.
            }
        }

        private sealed class Logger(ITestOutputHelper output, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

            public void Log<TState>(
                LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                try
                {
                    output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{logLevel} {category}: {formatter(state, exception)} {exception}"));
                }
                catch (InvalidOperationException)
                {
                    // The test has ended, but not what it started.
                    global::System.Console.Error.WriteLine(formatter(state, exception));
                }
            }
        }
    }
}

namespace Temporalio.Tests
{
    /// <summary>What tests ask of the official entry point, which starts xunit itself.</summary>
    internal static class Program
    {
        internal static bool InProc => false;

        internal static bool Verbose => false;
    }
}
