using Google.Protobuf;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Temporalio.InTree.Tests.Converters;

public class DefaultFailureConverterTests
{
    private static readonly DefaultPayloadConverter Payloads = new();
    private static readonly DefaultFailureConverter Converter = new();

    [Fact]
    public void ToFailure_PlainException_IsRetryableApplicationFailure()
    {
        var failure = Converter.ToFailure(Thrown(new InvalidOperationException("broken")), Payloads);

        failure.Message.ShouldBe("broken");
        failure.StackTrace.ShouldContain(nameof(Thrown));
        failure.ApplicationFailureInfo.Type.ShouldBe("InvalidOperationException");
        failure.ApplicationFailureInfo.NonRetryable.ShouldBeFalse();
    }

    [Fact]
    public void ToException_ApplicationFailure_KeepsEverything()
    {
        var original = Thrown(new ApplicationFailureException(
            "no funds",
            new TimeoutException("inner"),
            errorType: "InsufficientFunds",
            nonRetryable: true,
            details: ["EUR", 12.5m, null],
            nextRetryDelay: TimeSpan.FromSeconds(90),
            category: ApplicationErrorCategory.Benign));

        var read = RoundTrip(Converter, original).ShouldBeOfType<ApplicationFailureException>();

        read.Message.ShouldBe("no funds");
        read.ErrorType.ShouldBe("InsufficientFunds");
        read.NonRetryable.ShouldBeTrue();
        read.NextRetryDelay.ShouldBe(TimeSpan.FromSeconds(90));
        read.Category.ShouldBe(ApplicationErrorCategory.Benign);
        read.Details.Count.ShouldBe(3);
        read.Details.ElementAt<string>(0).ShouldBe("EUR");
        read.Details.ElementAt<decimal>(1).ShouldBe(12.5m);
        read.Details.ElementAt<string?>(2).ShouldBeNull();
        Should.Throw<ArgumentOutOfRangeException>(() => read.Details.ElementAt<string>(3));
        read.StackTrace.ShouldNotBeNull().ShouldContain(nameof(Thrown));
        read.InnerException.ShouldBeOfType<ApplicationFailureException>().ErrorType.ShouldBe("TimeoutException");
    }

    [Fact]
    public void ToFailure_EncodedAttributes_HidesMessageAndStack()
    {
        var converter = new DefaultFailureConverter.WithEncodedCommonAttributes();
        var exception = Thrown(new InvalidOperationException("secret", new InvalidOperationException("inner secret")));

        var failure = converter.ToFailure(exception, Payloads);
        failure.Message.ShouldBe("Encoded failure");
        failure.StackTrace.ShouldBeEmpty();
        failure.Cause.Message.ShouldBe("Encoded failure");

        var read = Converter.ToException(failure, Payloads);
        read.Message.ShouldBe("secret");
        read.StackTrace.ShouldNotBeNull().ShouldContain(nameof(Thrown));
        read.InnerException!.Message.ShouldBe("inner secret");
    }

    [Fact]
    public void ToException_UnreadableEncodedAttributes_KeepsTheFailure()
    {
        var failure = new Failure
        {
            Message = "Encoded failure",
            EncodedAttributes = new() { Metadata = { ["encoding"] = ByteString.CopyFromUtf8("binary/encrypted") } },
            ApplicationFailureInfo = new() { Type = "Kept" },
        };

        var read = Converter.ToException(failure, Payloads).ShouldBeOfType<ApplicationFailureException>();

        read.Message.ShouldBe("Encoded failure");
        read.ErrorType.ShouldBe("Kept");
    }

    [Fact]
    public void ToFailure_ReceivedFailure_TravelsOnUnchanged()
    {
        var received = new Failure
        {
            Message = "outer",
            Source = "GoSDK",
            ActivityFailureInfo = new() { ActivityType = new() { Name = "Pay" }, ActivityId = "5" },
            Cause = new() { Message = "cause", ApplicationFailureInfo = new() { Type = "Refused" } },
        };
        var exception = Converter.ToException(received.Clone(), Payloads).ShouldBeOfType<ActivityFailureException>();

        exception.ActivityType.ShouldBe("Pay");
        exception.ActivityId.ShouldBe("5");
        exception.Identity.ShouldBeNull();
        Converter.ToFailure(exception, Payloads).ShouldBe(received);
    }

    [Fact]
    public void ToFailure_EndlessCauses_CanStillBeParsed()
    {
        Exception exception = new InvalidOperationException("first");
        for (var i = 0; i < 500; i++)
        {
            exception = new InvalidOperationException($"level {i}", exception);
        }

        var failure = Converter.ToFailure(exception, Payloads);

        var parsed = Failure.Parser.ParseFrom(failure.ToByteArray());
        parsed.Message.ShouldBe("level 499");
        CountCauses(parsed).ShouldBe(63);
    }

    [Theory]
    [MemberData(nameof(InfoKinds))]
    public void ToException_EachKindOfInfo_HasItsClass(Failure failure, Type expected) =>
        Converter.ToException(failure, Payloads).ShouldBeOfType(expected);

    public static TheoryData<Failure, Type> InfoKinds() => new()
    {
        { new() { ApplicationFailureInfo = new() }, typeof(ApplicationFailureException) },
        { new() { CanceledFailureInfo = new() }, typeof(CanceledFailureException) },
        { new() { TerminatedFailureInfo = new() }, typeof(TerminatedFailureException) },
        { new() { TimeoutFailureInfo = new() { TimeoutType = TimeoutType.Heartbeat } }, typeof(TimeoutFailureException) },
        { new() { ServerFailureInfo = new() { NonRetryable = true } }, typeof(ServerFailureException) },
        { new() { ActivityFailureInfo = new() }, typeof(ActivityFailureException) },
        { new() { ChildWorkflowExecutionFailureInfo = new() }, typeof(ChildWorkflowFailureException) },
        { new() { NexusOperationExecutionFailureInfo = new() }, typeof(NexusOperationFailureException) },
        { new() { NexusHandlerFailureInfo = new() }, typeof(NexusHandlerFailureException) },
        { new() { Message = "no info" }, typeof(FailureException) },
    };

    [Fact]
    public void ToException_Timeout_HasTypeAndHeartbeat()
    {
        var failure = new Failure
        {
            TimeoutFailureInfo = new()
            {
                TimeoutType = TimeoutType.StartToClose,
                LastHeartbeatDetails = new() { Payloads_ = { Payloads.ToPayload("half") } },
            },
        };

        var read = Converter.ToException(failure, Payloads).ShouldBeOfType<TimeoutFailureException>();

        read.TimeoutType.ShouldBe(TimeoutType.StartToClose);
        read.LastHeartbeatDetails.ElementAt<string>(0).ShouldBe("half");
    }

    [Fact]
    public void IsCanceledException_CancellationsOfAllForms_AreRecognised()
    {
        var canceled = new Failure { CanceledFailureInfo = new() };
        var other = new Failure { ApplicationFailureInfo = new() };

        TemporalException.IsCanceledException(new OperationCanceledException()).ShouldBeTrue();
        TemporalException.IsCanceledException(ToException(canceled)).ShouldBeTrue();
        TemporalException.IsCanceledException(ToException(new() { ActivityFailureInfo = new(), Cause = canceled })).ShouldBeTrue();
        TemporalException.IsCanceledException(
            ToException(new() { ChildWorkflowExecutionFailureInfo = new(), Cause = canceled })).ShouldBeTrue();
        TemporalException.IsCanceledException(ToException(new() { ActivityFailureInfo = new(), Cause = other })).ShouldBeFalse();
        TemporalException.IsCanceledException(new InvalidOperationException()).ShouldBeFalse();
    }

    private static Exception ToException(Failure failure) => Converter.ToException(failure.Clone(), Payloads);

    private static Exception RoundTrip(DefaultFailureConverter converter, Exception exception) =>
        converter.ToException(Failure.Parser.ParseFrom(converter.ToFailure(exception, Payloads).ToByteArray()), Payloads);

    private static int CountCauses(Failure failure)
    {
        var count = 0;
        for (var cause = failure.Cause; cause is not null; cause = cause.Cause)
        {
            count++;
        }
        return count;
    }

    private static T Thrown<T>(T exception)
        where T : Exception
    {
        try
        {
            throw exception;
        }
        catch (T caught)
        {
            return caught;
        }
    }
}
