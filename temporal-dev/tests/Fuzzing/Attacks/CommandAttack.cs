using Google.Protobuf;
using Google.Protobuf.Reflection;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Fuzzing.Wire;

namespace Temporalio.Fuzzing.Attacks;

/// <summary>A worker gone mad: it takes a workflow task as it should, and completes it with commands that make no sense.</summary>
internal sealed class CommandAttack(string ownNamespace) : IAttack
{
    private const int MaxCommands = 5;

    private static readonly OneofDescriptor Attributes = Command.Descriptor.Oneofs.Single(o => o.Name == "attributes");

    private int workflows;

    public string Name => "senseless commands";

    public int Share => 10;

    public async Task<(string Sent, RawAnswer Answer)> RunAsync(FuzzRandom random, RawClient client, CancellationToken cancellationToken)
    {
        var rpc = new Rpc(client);
        var name = "mad-" + Interlocked.Increment(ref workflows);
        var queue = new TaskQueue { Name = name };
        var start = new StartWorkflowExecutionRequest { Namespace = ownNamespace, WorkflowId = name, RequestId = name, WorkflowType = new WorkflowType { Name = "T" }, TaskQueue = queue };
        await rpc.WorkflowAsync<StartWorkflowExecutionResponse>("StartWorkflowExecution", start, cancellationToken);
        var task = await rpc.WorkflowAsync<PollWorkflowTaskQueueResponse>("PollWorkflowTaskQueue", new PollWorkflowTaskQueueRequest { Namespace = ownNamespace, TaskQueue = queue }, cancellationToken);
        var (sent, body) = Completion(random, task.TaskToken);
        var answer = await client.SendAsync(new RawCall { Path = Rpc.WorkflowPath("RespondWorkflowTaskCompleted"), Body = RawCall.Frame(body) }, cancellationToken);
        // Whatever became of it, the workflow can still be looked at.
        var execution = new WorkflowExecution { WorkflowId = name };
        await rpc.WorkflowAsync<DescribeWorkflowExecutionResponse>("DescribeWorkflowExecution", new DescribeWorkflowExecutionRequest { Namespace = ownNamespace, Execution = execution }, cancellationToken);
        await rpc.WorkflowAsync<GetWorkflowExecutionHistoryResponse>("GetWorkflowExecutionHistory", new GetWorkflowExecutionHistoryRequest { Namespace = ownNamespace, Execution = execution }, cancellationToken);
        return (sent, answer);
    }

    private (string Sent, byte[] Body) Completion(FuzzRandom random, ByteString token)
    {
        var fuzzer = new MessageFuzzer(random, ownNamespace);
        var request = new RespondWorkflowTaskCompletedRequest { Namespace = ownNamespace, TaskToken = token, ReturnNewWorkflowTask = random.Chance(20), ForceCreateNewWorkflowTask = random.Chance(20) }.ToByteArray();
        var fields = new List<string>();
        using var body = new MemoryStream();
        body.Write(request);
        for (var i = 1 + random.Below(MaxCommands); i > 0; i--)
        {
            var field = random.Pick((IReadOnlyList<FieldDescriptor>)Attributes.Fields);
            fields.Add(field.Name);
            WriteField(body, RespondWorkflowTaskCompletedRequest.CommandsFieldNumber, CommandBytes(random, fuzzer, field));
        }
        if (random.Chance(10))
            body.Write(fuzzer.Make(RespondWorkflowTaskCompletedRequest.Descriptor));
        return (string.Join(", ", fields), body.ToArray());
    }

    private static byte[] CommandBytes(FuzzRandom random, MessageFuzzer fuzzer, FieldDescriptor field)
    {
        using var command = new MemoryStream();
        // The type that belongs to the attributes, mostly: start_timer_command_attributes → StartTimer.
        var words = field.Name.Replace("_command_attributes", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
        var type = random.Chance(90) && Enum.TryParse<CommandType>(words, ignoreCase: true, out var matching) ? matching : (CommandType)random.Below(30);
        command.Write(new Command { CommandType = type }.ToByteArray());
        WriteField(command, field.FieldNumber, fuzzer.Make(field.MessageType));
        return command.ToArray();
    }

    private static void WriteField(Stream target, int number, byte[] bytes)
    {
        using var output = new CodedOutputStream(target, leaveOpen: true);
        output.WriteTag(number, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(bytes));
    }
}
