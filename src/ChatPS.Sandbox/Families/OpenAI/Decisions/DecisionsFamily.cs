using ChatPS.Sandbox.Answers;

namespace ChatPS.Sandbox.Families.OpenAI.Decisions;

/// <summary>
/// Typed questions that are answered with probabilities: each form at its own address. Models named <c>sandbox-systemone</c>,
/// <c>sandbox-sglang</c> and <c>sandbox-openai</c> take their form at either address, as gateways do, and models named
/// <c>sandbox-chat</c> have no decisions.
/// </summary>
internal static class DecisionsFamily
{
    private const string NoDecisions = "sandbox-chat";

    private static readonly (string Model, Func<EndpointCall, Answer> Handle)[] Own =
    [
        ("sandbox-systemone", SystemOneEndpoint.Handle), ("sandbox-sglang", SGLangEndpoint.Handle), ("sandbox-openai", DecisionEndpoint.Handle),
    ];

    public static Family Create(FamilyOptions options) => new(OpenAIDialect.Instance,
    [
        Route.Post("/decisions", static call => Handle(call, DecisionEndpoint.Handle)),
        Route.Post("/systemone", static call => Handle(call, SystemOneEndpoint.Handle)),
    ]);

    private static Answer Handle(EndpointCall call, Func<EndpointCall, Answer> usual)
    {
        string model = call.Body.Text("model") ?? "";
        return model.StartsWith(NoDecisions, StringComparison.OrdinalIgnoreCase)
            ? throw new ApiException(OpenAIDialect.Instance.UnknownPath(call.Exchange.Http))
            : (Array.Find(Own, own => model.StartsWith(own.Model, StringComparison.OrdinalIgnoreCase)).Handle ?? usual)(call);
    }
}
