using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Temporalio.Worker.Tuning;

/// <summary>Keeps the failures of a user's slot supplier away from the worker.</summary>
[SuppressMessage("Design", "CA1031", Justification = "The supplier is user code: whatever it throws is logged, and must not stop the worker")]
internal sealed class CustomSlotPool(CustomSlotSupplier supplier, ILogger logger) : ISlotPool
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    public async ValueTask<SlotPermit> ReserveAsync(SlotReserveContext context, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await supplier.ReserveSlotAsync(context, cancellationToken).ConfigureAwait(false) ??
                    throw new InvalidOperationException("The slot supplier returned no permit");
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                throw;
            }
            catch (Exception e)
            {
                logger.LogError(e, "Slot supplier failed to reserve a slot");
                await Task.Delay(PauseAfterFailure, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc />
    public SlotPermit? TryReserve(SlotReserveContext context)
    {
        try
        {
            return supplier.TryReserveSlot(context);
        }
        catch (Exception e)
        {
            logger.LogError(e, "Slot supplier failed to try to reserve a slot");
            return null;
        }
    }

    /// <inheritdoc />
    public void MarkUsed(SlotMarkUsedContext context)
    {
        try
        {
            supplier.MarkSlotUsed(context);
        }
        catch (Exception e)
        {
            logger.LogError(e, "Slot supplier failed to mark a slot as used");
        }
    }

    /// <inheritdoc />
    public void Release(SlotReleaseContext context)
    {
        try
        {
            supplier.ReleaseSlot(context);
        }
        catch (Exception e)
        {
            logger.LogError(e, "Slot supplier failed to release a slot");
        }
    }
}
