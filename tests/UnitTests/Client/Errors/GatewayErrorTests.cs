using EcmrGateway.Client.Errors;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Xunit;
using RpcStatus = Google.Rpc.Status;
using StatusCode = Grpc.Core.StatusCode;

namespace EcmrGateway.UnitTests.Client.Errors;

public sealed class GatewayErrorTests
{
    [Fact]
    public void Reads_reason_domain_violations_and_delay()
    {
        var error = GatewayError.From(Status(
            StatusCode.ResourceExhausted,
            new ErrorInfo { Reason = "OVERLOADED", Domain = "ingress.ecmr" },
            new RetryInfo { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromSeconds(2)) },
            Violations(("items[0].package_type", "State it.", "CMR-008"))));

        Assert.Equal(("OVERLOADED", "ingress.ecmr"), (error.Reason, error.Domain));
        Assert.Equal(TimeSpan.FromSeconds(2), error.RetryDelay);
        Assert.Equal([new FieldProblem("CMR-008", "items[0].package_type", "State it.")], error.Problems);
    }

    [Fact]
    public void A_connection_that_broke_is_no_answer_and_worth_another_try()
    {
        var broken = new Grpc.Core.RpcException(new Grpc.Core.Status(
            StatusCode.Internal, "Error reading next message.", new HttpProtocolException(0, "closed", null)));
        var answered = new Grpc.Core.RpcException(new Grpc.Core.Status(StatusCode.Internal, "The gateway failed."));

        Assert.True(GatewayError.From(broken).IsTransient);
        Assert.False(GatewayError.From(answered).IsTransient);
    }

    [Fact]
    public void A_code_at_the_start_of_a_description_is_taken_for_the_rule()
    {
        var error = GatewayError.From(Status(StatusCode.InvalidArgument,
            Violations(("a", "CMR-001: State the date.", ""))));

        Assert.Equal(new FieldProblem("CMR-001", "a", "State the date."), Assert.Single(error.Problems));
    }

    [Theory]
    [InlineData(StatusCode.Unavailable, false, true)]
    [InlineData(StatusCode.ResourceExhausted, true, true)]
    [InlineData(StatusCode.ResourceExhausted, false, false)]
    [InlineData(StatusCode.InvalidArgument, true, false)]
    public void Says_whether_the_same_again_can_help(StatusCode code, bool withDelay, bool transient)
    {
        var error = GatewayError.From(withDelay
            ? Status(code, new RetryInfo { RetryDelay = new Duration { Seconds = 1 } })
            : Status(code));

        Assert.Equal(transient, error.IsTransient);
    }

    private static RpcStatus Status(StatusCode code, params Google.Protobuf.IMessage[] details)
    {
        var status = new RpcStatus { Code = (int)code, Message = "m" };
        status.Details.AddRange(details.Select(Any.Pack));
        return status;
    }

    private static BadRequest Violations(params (string Field, string Description, string Reason)[] violations)
    {
        var bad = new BadRequest();
        bad.FieldViolations.AddRange(violations.Select(violation => new BadRequest.Types.FieldViolation
        {
            Field = violation.Field,
            Description = violation.Description,
            Reason = violation.Reason,
        }));
        return bad;
    }
}
