using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace Settlement.Activities.Banks;

/// <summary>The banks of the configuration.</summary>
public sealed class BankDirectory : IBankDirectory
{
    private readonly Dictionary<string, IBankClient> clients = new(StringComparer.OrdinalIgnoreCase);

    public BankDirectory(IOptions<BanksOptions> options, IHttpClientFactory factory, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        foreach (var (name, connection) in options.Value.Banks)
            clients[name] = new HttpBankClient(name, connection, factory, clock);
    }

    public bool TryGet(string bank, [NotNullWhen(true)] out IBankClient? client) => clients.TryGetValue(bank, out client);
}

/// <summary>The banks that this installation talks to, by name.</summary>
public interface IBankDirectory
{
    /// <summary>The client of a bank; false if none is configured under that name (case does not matter).</summary>
    bool TryGet(string bank, [NotNullWhen(true)] out IBankClient? client);
}
