using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Settlement.Workflows.Policies;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Settlement.Workflows.Settlement;

/// <summary>
/// Past the point of no return: the settlement learns what became of its instruction, from the bank's answer, a message,
/// an enquiry, a recall or a resolution, whichever proves it first. Until then the lock stays.
/// </summary>
public sealed partial class SettlementWorkflow
{
    private int enquiries;
    private DateTimeOffset nextEnquiryAt;

    private async Task<Verdict> AwaitOutcomeAsync()
    {
        var open = instruction!;
        if (open.Verdict is null && !goesOn)
        {
            enquiries = 0;
            nextEnquiryAt = Now.AddSeconds(timings.FirstEnquirySeconds);
            deadline = open.Accepted ? Now.AddSeconds(timings.ConfirmationTimeoutSeconds) : Now;
        }

        while (open.Verdict is null)
        {
            if (amountMismatch)
                await ReportMismatchAsync();
            else if (DeadlinePassed)
                await GiveUpWaitingAsync();
            else if (RecallIsDue(open))
                await RecallAsync(open);
            else if (nextEnquiryAt <= Now)
                await EnquireAsync(open);
            else
                await WaitAsync("the bank's answer", () => open.Verdict is not null || amountMismatch || RecallIsDue(open), Earliest(nextEnquiryAt, nextRecallAt));
        }

        deadline = null;
        await CalmOutcomeAsync();
        return open.Verdict;
    }

    /// <summary>The confirmation's deadline makes the outcome unknown; the unknown outcome's deadline calls a person.</summary>
    private async Task GiveUpWaitingAsync()
    {
        deadline = null;
        if (status == SettlementStatus.TransferInitiated)
        {
            await ChangeStatusAsync(SettlementStatus.OutcomeUnknown, "the bank has not said what became of the instruction", SettlementFailure.OutcomeUnknown, null);
            deadline = Now.AddSeconds(timings.OutcomeDeadlineSeconds);
            return;
        }

        await RaiseAsync(AttentionReason.OutcomeUnknown,
            $"{request.Bank} cannot say what became of UETR {instruction!.Uetr}; resolve it with evidence and a second person's ticket");
    }

    private Task ReportMismatchAsync()
    {
        amountMismatch = false;
        return RaiseAsync(AttentionReason.MessageMismatch, $"the bank confirms UETR {instruction!.Uetr} with another amount or currency");
    }

    private async Task EnquireAsync(Instruction open)
    {
        try
        {
            // A return has no instruction of its own at the bank: the request itself is repeated, under the same id.
            var answer = request.ReturnOf is null ? await AskAsync(open) : await RequestReturnAsync();
            Note("enquire", $"{UpperSnake.Lower(answer.Outcome)} {answer.Detail}".TrimEnd());
            Learn(answer, "enquiry");
        }
        catch (ActivityFailureException exception)
        {
            Note("enquire", Describe(exception));
        }

        enquiries++;
        nextEnquiryAt = Now + Backoff.Of(timings.FirstEnquirySeconds, timings.MaxEnquiryIntervalSeconds, enquiries);
    }

    private Task<BankAnswer> AskAsync(Instruction open)
    {
        var input = new EnquiryInput
        {
            SettlementId = request.SettlementId,
            Bank = request.Bank,
            Uetr = open.Uetr,
            AmountMinor = request.AmountMinor,
            Currency = request.Currency,
            BankCallTimeoutSeconds = timings.BankCallTimeoutSeconds,
        };
        return Workflow.ExecuteActivityAsync(
            (IBankActivities activity) => activity.EnquireAsync(input),
            ActivityPolicies.Enquiry($"ask {request.Bank} about the UETR", timings));
    }

    /// <summary>Takes in what the bank said about the present instruction. Only a proof decides.</summary>
    private void Learn(BankAnswer answer, string source)
    {
        var open = instruction!;
        switch (answer.Outcome)
        {
            case BankOutcome.Settled when answer.AmountMinor is { } booked && booked != request.AmountMinor:
                Note(source, $"the bank booked {booked} instead of {request.AmountMinor} minor units");
                amountMismatch = true;
                break;
            case BankOutcome.Settled or BankOutcome.Rejected or BankOutcome.Recalled or BankOutcome.NotSent:
                open.Decide(new Verdict(answer.Outcome, source)
                {
                    ReasonCode = answer.ReasonCode,
                    Retryable = answer.Retryable,
                    BankReference = answer.BankReference,
                    Evidence = answer.Detail,
                });
                break;
            case BankOutcome.Accepted:
                open.Accepted = true;
                break;
            case BankOutcome.Unknown or BankOutcome.NotFound or BankOutcome.NotExecuted or BankOutcome.Held:
            default:
                // Proves nothing: an instruction may still be on its way.
                break;
        }
    }

    private async Task CalmOutcomeAsync()
    {
        foreach (var reason in (AttentionReason[])[AttentionReason.OutcomeUnknown, AttentionReason.CompensationFailing, AttentionReason.RecallOpen])
            await CalmAsync(reason);
    }
}
