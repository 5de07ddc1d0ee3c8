using Ecmr.Ingress.V1;
using Ecmr.Note.V1;
using EcmrGateway.Client;
using EcmrGateway.Client.Errors;
using EcmrGateway.Client.Submit;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Xunit;
using RpcStatus = Google.Rpc.Status;
using StatusCode = Grpc.Core.StatusCode;

namespace EcmrGateway.UnitTests.Client.Submit;

public sealed class SubmitStreamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(256)]
    public async Task Answers_come_in_the_order_of_the_notes(int window)
    {
        var gateway = new FakeIngress(Record);

        var answers = await RunAsync(gateway, 100, window);

        Assert.Equal(Ids(0, 100), answers.Select(answer => answer.Note.NoteId));
        Assert.All(answers, answer => Assert.NotNull(answer.Recorded));
        Assert.Equal(1, gateway.Connections);
    }

    [Fact]
    public async Task No_notes_are_no_answers() => Assert.Empty(await RunAsync(new FakeIngress(Record), 0));

    [Fact]
    public async Task A_refused_note_does_not_end_the_stream()
    {
        var gateway = new FakeIngress((connection, place, request) => place == 1
            ? Refuse(place, StatusCode.InvalidArgument, null)
            : Record(connection, place, request));

        var answers = await RunAsync(gateway, 3);

        Assert.Equal([true, false, true], answers.Select(answer => answer.Recorded is not null));
        Assert.Equal(StatusCode.InvalidArgument, answers[1].Error!.Code);
    }

    [Fact]
    public async Task After_a_lost_connection_the_unanswered_notes_are_sent_again()
    {
        // The third note of the first connection breaks it: it and whatever was sent after it has no answer.
        var gateway = new FakeIngress((connection, place, request) => connection == 0 && place == 2
            ? throw new RpcException(new(StatusCode.Unavailable, "gone"))
            : Record(connection, place, request));

        var answers = await RunAsync(gateway, 20, window: 4);

        Assert.Equal(Ids(0, 20), answers.Select(answer => answer.Note.NoteId));
        Assert.Equal(2, gateway.Connections);
        Assert.Equal(Ids(2, 20), gateway.Received.Where(got => got.Connection == 1).Select(got => got.NoteId));
    }

    [Fact]
    public async Task A_stream_that_ends_early_is_opened_again()
    {
        var gateway = new FakeIngress((connection, place, request) => connection == 0 && place == 5
            ? throw new RpcException(new(StatusCode.Unavailable, "stopping"))
            : Record(connection, place, request));

        Assert.Equal(10, (await RunAsync(gateway, 10, window: 1)).Count);
    }

    [Fact]
    public async Task Without_progress_it_gives_up()
    {
        var gateway = new FakeIngress((_, _, _) => throw new RpcException(new(StatusCode.Unavailable, "down")));

        var thrown = await Assert.ThrowsAsync<GatewayException>(() => RunAsync(gateway, 5));

        Assert.Equal(StatusCode.Unavailable, thrown.Error.Code);
        Assert.Equal(3, gateway.Connections);
    }

    [Fact]
    public async Task What_is_not_permitted_is_not_tried_again()
    {
        var gateway = new FakeIngress((_, _, _) => throw new RpcException(new(StatusCode.PermissionDenied, "no")));

        await Assert.ThrowsAsync<GatewayException>(() => RunAsync(gateway, 5));

        Assert.Equal(1, gateway.Connections);
    }

    [Fact]
    public async Task A_note_that_met_a_full_queue_is_handed_in_again_and_keeps_its_place()
    {
        var gateway = new FakeIngress((connection, place, request) => place == 1
            ? Refuse(place, StatusCode.ResourceExhausted, TimeSpan.FromMilliseconds(1))
            : Record(connection, place, request));

        var answers = await RunAsync(gateway, 4);

        Assert.Equal(Ids(0, 4), answers.Select(answer => answer.Note.NoteId));
        Assert.All(answers, answer => Assert.NotNull(answer.Recorded));
        Assert.Equal(Ids(1, 2), gateway.Single);
    }

    [Fact]
    public async Task After_an_outage_one_pause_is_enough_for_all_notes()
    {
        var time = new CountedTime();
        var gateway = new FakeIngress((_, place, _) => Refuse(place, StatusCode.Unavailable, TimeSpan.FromSeconds(1)));

        var answers = await RunAsync(gateway, 20, time: time);

        Assert.All(answers, answer => Assert.NotNull(answer.Recorded));
        Assert.Equal(Ids(0, 20), gateway.Single);
        Assert.Equal(1, time.Pauses);
    }

    [Fact]
    public async Task While_the_gateway_stays_away_it_gives_up_once_and_not_for_each_note()
    {
        var time = new CountedTime();
        var gateway = new FakeIngress((_, place, _) => Refuse(place, StatusCode.Unavailable, TimeSpan.FromSeconds(1)))
        {
            IsAway = true,
        };

        var answers = await RunAsync(gateway, 20, time: time);

        Assert.All(answers, answer => Assert.Equal(StatusCode.Unavailable, answer.Error!.Code));
        Assert.Equal(Ids(0, 20), answers.Select(answer => answer.Note.NoteId));
        Assert.Equal(2, time.Pauses);
    }

    [Fact]
    public async Task A_full_queue_without_a_delay_is_told_to_the_caller()
    {
        var gateway = new FakeIngress((_, place, _) => Refuse(place, StatusCode.ResourceExhausted, null));

        var answer = Assert.Single(await RunAsync(gateway, 1));

        Assert.Equal(StatusCode.ResourceExhausted, answer.Error!.Code);
        Assert.Empty(gateway.Single);
    }

    [Fact]
    public async Task Answers_out_of_order_end_the_stream()
    {
        var gateway = new FakeIngress((_, place, _) =>
            new SubmitStreamResponse { Sequence = (ulong)place + 1, Recorded = new() });

        var thrown = await Assert.ThrowsAsync<GatewayException>(() => RunAsync(gateway, 2));

        Assert.Equal(StatusCode.Internal, thrown.Error.Code);
    }

    [Fact]
    public async Task What_reading_the_notes_throws_reaches_the_caller_after_the_answers()
    {
        var gateway = new FakeIngress(Record);
        using var stream = Stream(gateway, 8);
        var answers = new List<SubmitAnswer>();

        await Assert.ThrowsAsync<FormatException>(async () =>
        {
            await foreach (var answer in stream.RunAsync(Failing(), TestContext.Current.CancellationToken))
            {
                answers.Add(answer);
            }
        });

        Assert.Equal(3, answers.Count);

        static async IAsyncEnumerable<ConsignmentNote> Failing()
        {
            await foreach (var note in Notes(3))
            {
                yield return note;
            }

            throw new FormatException("line 4");
        }
    }

    [Fact]
    public async Task No_more_notes_are_under_way_than_the_window_holds()
    {
        var gateway = new FakeIngress(Record);
        using var stream = Stream(gateway, 3);
        var taken = 0;
        await foreach (var _ in stream.RunAsync(Notes(50), TestContext.Current.CancellationToken))
        {
            taken++;
            lock (gateway.Received)
            {
                Assert.True(gateway.Received.Count <= taken + 3, $"{gateway.Received.Count} sent, {taken} taken");
            }
        }
    }

    private static async Task<List<SubmitAnswer>> RunAsync(
        FakeIngress gateway, int count, int window = 16, TimeProvider? time = null)
    {
        using var stream = Stream(gateway, window, time);
        var answers = new List<SubmitAnswer>();
        await foreach (var answer in stream.RunAsync(Notes(count), TestContext.Current.CancellationToken))
        {
            answers.Add(answer);
        }

        return answers;
    }

    private static SubmitStream Stream(FakeIngress gateway, int window, TimeProvider? time = null)
    {
        var client = new IngressService.IngressServiceClient(gateway);
        var options = new GatewayClientOptions
        {
            StreamWindow = window,
            AttemptsMax = 3,
            RetryDelayMax = TimeSpan.FromMilliseconds(1),
            Time = time ?? TimeProvider.System,
        };
        return new SubmitStream(
            client,
            async (note, _, cancellation) =>
            {
                var request = new SubmitRequest { Note = note };
                return gateway.IsAway
                    ? new(note, null, GatewayError.From(Refuse(0, StatusCode.Unavailable, TimeSpan.Zero).Error))
                    : new(note, await client.SubmitAsync(request, cancellationToken: cancellation), null);
            },
            options);
    }

    /// <summary>Counts what waits for it.</summary>
    private sealed class CountedTime : TimeProvider
    {
        public int Pauses { get; private set; }

        public override ITimer CreateTimer(
            TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Pauses++;
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }

    private static async IAsyncEnumerable<ConsignmentNote> Notes(int count)
    {
        foreach (var id in Ids(0, count))
        {
            await Task.Yield();
            yield return new ConsignmentNote { NoteId = id };
        }
    }

    private static IEnumerable<string> Ids(int from, int to) =>
        Enumerable.Range(from, to - from).Select(i => $"note-{i}");

    private static SubmitStreamResponse Record(int connection, int place, SubmitStreamRequest request) =>
        new() { Sequence = (ulong)place, Recorded = new SubmitResponse() };

    private static SubmitStreamResponse Refuse(int place, StatusCode code, TimeSpan? delay)
    {
        var status = new RpcStatus { Code = (int)code, Message = "no" };
        if (delay is { } pause)
        {
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(pause) }));
        }

        return new() { Sequence = (ulong)place, Error = status };
    }
}
