using Temporalio.Activities;

namespace Settlement.Workflows.Contracts;

/// <summary>Asks the bank what became of an instruction (pacs.028). Moves no money and changes no state.</summary>
public interface IEnquireActivity
{
    [Activity("EnquireBank")]
    Task<BankAnswer> EnquireAsync(EnquiryInput input);
}
