using System.Reflection;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Dialects;
using ChatPS.Client.Faults;
using ChatPS.Client.Providers;

namespace ChatPS.Client.Tests.Dialects;

/// <summary>No parameter is dropped in silence: each one is in the request that leaves, or is refused by its name.</summary>
public sealed class SupportedTests
{
    // What every dialect sends, and what the engine itself deals with.
    private static readonly string[] NoParameters =
    [
        nameof(ChatRequest.Model), nameof(ChatRequest.Messages),
        nameof(ChatRequest.Output), nameof(ChatRequest.Instructions), nameof(ChatRequest.Appendix),
        nameof(ChatRequest.FallbackFrom), nameof(ChatRequest.RequestedModel), nameof(ChatRequest.Before), nameof(ChatRequest.Input), nameof(ChatRequest.Index),
    ];

    public static TheoryData<string, string> Pairs
    {
        get
        {
            TheoryData<string, string> pairs = [];
            foreach (Dialect dialect in KnownDialects.All)
            {
                foreach (ChatParameter parameter in ChatParameters.All)
                {
                    pairs.Add(dialect.Name, parameter.Name);
                }
            }

            return pairs;
        }
    }

    public static TheoryData<string> Dialects => [.. KnownDialects.All.Select(dialect => dialect.Name)];

    [Fact]
    public void ChatRequest_EachProperty_IsAParameterThatDialectsTakeOrRefuse() => Assert.Equal(
        typeof(ChatRequest).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name).Order(StringComparer.Ordinal),
        ChatParameters.All.Select(parameter => parameter.Property).Concat(NoParameters).Order(StringComparer.Ordinal));

    [Fact]
    public void Parameters_Names_AreOnesOfTheirOwn() => Assert.Distinct(ChatParameters.All.Select(parameter => parameter.Name));

    [Theory]
    [MemberData(nameof(Dialects))]
    public void Supported_EachName_IsAParameterOnce(string dialect)
    {
        IReadOnlyCollection<string> supported = KnownDialects.Find(dialect, "test").Chat.Supported;

        Assert.Distinct(supported);
        Assert.Subset(ChatParameters.All.Select(parameter => parameter.Property).ToHashSet(), supported.ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Parameter_OfEachDialect_IsSentOrRefusedByItsName(string dialect, string parameter)
    {
        // What is asked is of interest here, not what is answered.
        using RawServer server = RawServer.Answering(500, "{}");
        using ServiceConnection connection = Connect(server, KnownDialects.Find(dialect, "test"));
        bool isOfStreams = parameter == "-IncludeObfuscation" && connection.Dialect.Offer<IChatStream>() is not null;

        ChatServiceException failure = await FailAsync(connection, ParameterSamples.With(parameter), isOfStreams);

        if (!connection.Dialect.Chat.Supported.Contains(ChatParameters.All.Single(one => one.Name == parameter).Property))
        {
            Assert.Equal(ErrorIds.InvalidRequest, failure.ErrorId);
            Assert.StartsWith(parameter + ": ", failure.Message, StringComparison.Ordinal);
            Assert.Empty(server.Exchanges);
            return;
        }

        await FailAsync(connection, ParameterSamples.Without(parameter), isOfStreams);

        // A look at the model that a parameter depends on has no body.
        string[] bodies = [.. server.Exchanges.Select(exchange => exchange.Body).Where(body => body.Length > 0)];
        Assert.Equal(2, bodies.Length);
        Assert.NotEqual(bodies[1], bodies[0]);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Parameter_ThatTheProviderRefuses_IsRefusedInEachDialect(string dialect, string parameter)
    {
        using RawServer server = RawServer.Answering(500, "{}");
        using ServiceConnection connection = Connect(server, KnownDialects.Find(dialect, "test"), parameter);

        ChatServiceException failure = await FailAsync(connection, ParameterSamples.With(parameter), isStream: false);

        Assert.StartsWith(parameter + ": ", failure.Message, StringComparison.Ordinal);
        Assert.Empty(server.Exchanges);
    }

    private static Task<ChatServiceException> FailAsync(ServiceConnection connection, ChatRequest request, bool isStream) => isStream
        ? connection.FailStreamAsync(request)
        : Assert.ThrowsAsync<ChatServiceException>(() => connection.Chat.CompleteAsync(request, CallSettings.None, CancellationToken.None).WaitAsync(Engine.Patience));

    private static ServiceConnection Connect(RawServer server, Dialect dialect, params string[] unsupported) => Engine.Connect(
        new ConnectionSettings { BaseUri = BaseAddress.OfHost(server.BaseUri, dialect).BaseUri, Dialect = dialect, Model = "m", MaxRetry = 0, Unsupported = unsupported });
}
