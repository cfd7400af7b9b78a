using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Settlement.Activities.Banks;
using Settlement.Domain;

namespace Settlement.Activities.Tests.Banks;

/// <summary>Makes clients as the worker does, from configuration.</summary>
internal sealed class BankClients : IDisposable
{
    private readonly ServiceProvider provider;

    public BankClients(string address, params (string Key, string Value)[] settings)
    {
        var values = settings.Append(("BaseAddress", address)).Select(pair => KeyValuePair.Create("Banks:simbank:" + pair.Item1, (string?)pair.Item2));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        provider = new ServiceCollection().AddBankClients(configuration).BuildServiceProvider();
    }

    /// <summary>Made when first asked for, as at the start of the worker: wrong settings are thrown here.</summary>
    public IBankDirectory Directory => provider.GetRequiredService<IBankDirectory>();

    public IBankClient Client => Directory.TryGet("simbank", out var client) ? client : throw new InvalidOperationException("simbank is not configured.");

    public static BankInstruction Instruction(string amount = "100.00", string creditor = "CREDITOR") =>
        new(Uetr.New(), "MSG-1", "E2E-1", Money.Parse(amount, Currency.Usd), "DEBTOR", creditor);

    public void Dispose() => provider.Dispose();
}
