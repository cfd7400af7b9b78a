using Settlement.Activities.Operations;
using Settlement.Activities.Tests.Support;
using Settlement.Workflows.Contracts;
using Temporalio.Exceptions;

namespace Settlement.Activities.Tests.Operations;

[Collection(BooksCollection.Name)]
public sealed class RestoreSettlementActivityTests(Books books)
{
    [Fact]
    public async Task Restore_NotArchived_IsRefusedAndMayBeAskedAgain()
    {
        var settlement = await books.CreateAsync();
        var action = new RestoreAction { Operator = "olga", Reason = "the auditor asks", RequestId = "r-1", SettlementId = settlement.SettlementId };
        for (var i = 0; i < 2; i++)
        {
            var refusal = await Should.ThrowAsync<ApplicationFailureException>(() => books.Get<RepairActivities>().RestoreSettlementAsync(action, Books.Now));
            (refusal.ErrorType, refusal.NonRetryable).ShouldBe(("InvalidTransition", true));
            refusal.Message.ShouldContain("is not archived");
        }
    }

    [Fact]
    public async Task Restore_OfNothing_IsRefused()
    {
        var action = new RestoreAction { Operator = "olga", Reason = "the auditor asks", RequestId = "r-2", SettlementId = Guid.CreateVersion7() };
        (await Should.ThrowAsync<ApplicationFailureException>(() => books.Get<RepairActivities>().RestoreSettlementAsync(action, Books.Now))).ErrorType.ShouldBe("UnknownSettlement");
    }
}
