using ChatPS.Api.Chat;
using ChatPS.Api.Envelope;
using ChatPS.Api.Errors;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Completions;
using ChatPS.Client.Connections;
using ChatPS.Client.Dialects.OpenAI;
using ChatPS.Client.Faults;
using Refit;

namespace ChatPS.Client.Dialects.Envelope;

/// <summary>
/// A reseller's chat: the key travels in the body, all but the messages under <c>params</c>, and the answer lies in an envelope
/// whose <c>code</c> tells success from failure. Each answer tells the day's quota.
/// </summary>
internal sealed class EnvelopeDialect : ChatDialect<IEnvelopeApi, EnvelopeRequest, EnvelopeResponse, EnvelopeResponse>
{
    private const int Success = 200;

    public override string Name => "Envelope";

    internal override string? KeyHeader => null;

    internal override bool CanStream => false;

    internal override ServiceOffer Offers => ServiceOffer.Quota;

    internal override IReadOnlyList<string> Endpoints => ["/createChatCompletion"];

    // What concerns streams alone has no place where there are none.
    public override IReadOnlyCollection<string> Supported => [.. OpenAIDialect.InChat.Where(property => property != nameof(ChatRequest.IncludeObfuscation))];

    internal override string CompletePath(string path) => path;

    public override Task<IReadOnlyList<ChatModel>> ListModelsAsync(ServiceConnection connection, CallSettings settings, CancellationToken cancellationToken) =>
        throw NoModels(connection.Settings);

    public override Task<ChatModel> GetModelAsync(ServiceConnection connection, string id, CallSettings settings, CancellationToken cancellationToken) =>
        throw NoModels(connection.Settings);

    public override Task<ChatQuota> GetQuotaAsync(ServiceConnection connection, CallSettings settings, CancellationToken cancellationToken) =>
        Task.FromResult(connection.LastQuota ?? throw Failures.Invalid(
            $"{connection.Settings.ServiceName} tells its quota with each answer only, and connection '{connection.Settings.Name}' has had none yet.", "Ask something with Invoke-ChatCompletion first."));

    protected override string SampleAnswer => $$$"""{"code":200,"data":{"completion":{{{OpenAIDialect.Sample}}}}}""";

    protected override EnvelopeRequest ToWire(ChatRequest request, string model, bool stream)
    {
        ChatCompletionRequest options = ChatMapper.ToWire(request, model, stream);
        EnvelopeRequest body = new() { Model = model, Messages = options.Messages, Params = options };
        options.Model = null;
        options.Messages = null;
        return body;
    }

    protected override ChatCompletion FromWire(EnvelopeResponse response, ChatRequest request, IAnswerOrigin origin)
    {
        if (response.Code is not (null or Success))
        {
            throw new WireFormatException(new ApiError(response.Message is { Length: > 0 } message ? message : "it gave no reason.", code: response.Code.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)), response.Raw);
        }

        if (response.Data?.Completion is not { } completion)
        {
            throw new WireFormatException("The envelope is empty.", response.Raw);
        }

        completion.Raw = response.Data.Info?.Token is { Length: > 0 } token ? response.Raw.Replace(token, "****", StringComparison.Ordinal) : response.Raw;
        if (response.Data.Info is { } info && origin is CallContext call)
        {
            call.Quota = ToQuota(info, call);
        }

        return ChatMapper.FromWire(completion, request, origin);
    }

    protected override IStreamAccumulator<EnvelopeResponse, ChatCompletionUpdate> Accumulate(ChatRequest request) => throw new NotSupportedException();

    // What is kept and compared holds no key; what is sent does.
    protected override Task<IApiResponse<EnvelopeResponse>> SendAsync(
        IEnvelopeApi api, EnvelopeRequest body, CallSettings settings, CallContext call, CancellationToken cancellationToken)
    {
        body.Token = call.Connection.Key?.Reveal();
        return api.CreateAsync(body, settings.Headers(), settings.Query(), call, cancellationToken);
    }

    protected override Task<HttpResponseMessage> OpenAsync(
        IEnvelopeApi api, EnvelopeRequest body, CallSettings settings, CallContext call, CancellationToken cancellationToken) => throw new NotSupportedException();

    private static ChatQuota? ToQuota(EnvelopeInfo info, CallContext call) => info.DailyLimit is not { } limit ? null : new ChatQuota
    {
        Connection = call.ConnectionName,
        Unit = "requests",
        Period = "day",
        Limit = limit,
        Used = info.DailyUse ?? 0,
        Date = info.Date,
        At = call.Time.GetUtcNow(),
    };

    private static ChatServiceException NoModels(ConnectionSettings settings) => Failures.Invalid(
        $"{settings.ServiceName} has no list of models (connection '{settings.Name}').", "See the service's own page for the names of its models.");
}
