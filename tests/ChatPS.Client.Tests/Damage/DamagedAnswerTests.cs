using System.Globalization;
using System.Text.Json.Nodes;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Client.Tests.Damage;

/// <summary>
/// Whatever is broken in an answer, of whichever dialect and endpoint, whole or streamed: there is an answer, or one failure that
/// says so. The variable CHATPS_DAMAGE_CASES sets how many cases are tried.
/// </summary>
public sealed class DamagedAnswerTests
{
    // A server keeps its sockets until it is disposed.
    private const int MostOfAServer = 200;

    private static readonly int Cases =
        int.TryParse(Environment.GetEnvironmentVariable("CHATPS_DAMAGE_CASES"), CultureInfo.InvariantCulture, out int asked) ? asked : 3_000;

    public static TheoryData<string> Names => [.. Samples.All.Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Call_ProperAnswer_IsRead(string name)
    {
        Sample sample = Find(name);
        using RawServer server = RawServer.Start(exchange => AnswerAsync(exchange, sample, Harm.Do([], sample.Events)));
        using ServiceConnection connection = Connect(server, sample);

        Exception? failure = await Record.ExceptionAsync(() => sample.Call(connection, CallSettings.None).WaitAsync(Engine.Patience));

        Assert.True(sample.Framing == Framing.Error ? failure is ChatServiceException { StatusCode: 400 } : failure is null, failure?.ToString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Call_DamagedAnswer_IsReadOrIsOneFailure(string name)
    {
        Sample sample = Find(name);
        int cases = Math.Max(1, Cases / Samples.All.Length);
        for (int done = 0; done < cases; done += MostOfAServer)
        {
            string[] events = sample.Events;
            using RawServer server = RawServer.Start(exchange => AnswerAsync(exchange, sample, events));
            using ServiceConnection connection = Connect(server, sample);
            Check.One(Config.QuickThrowOnFailure.WithMaxTest(Math.Min(MostOfAServer, cases - done)).WithEndSize(50), Prop.ForAll(Arb.From(Harm.Any), harms =>
            {
                events = Harm.Do(harms, sample.Events);
                Exception? thrown = Record.ExceptionAsync(() => sample.Call(connection, CallSettings.None).WaitAsync(Engine.Patience)).GetAwaiter().GetResult();
                if (thrown is not null)
                {
                    Assert.True(thrown is ChatServiceException, $"{string.Join("\n", events)}\n{thrown}");
                    ChatServiceException failure = (ChatServiceException)thrown;
                    Assert.True(failure.ErrorId != ErrorIds.InternalError && failure.Message.Length > 0 && failure.RecommendedAction.Length > 0, failure.ToString());
                    Assert.Same(failure.InnerException, CarriedException.Of(failure.InnerException));
                    Assert.True(sample.Framing != Framing.Error || failure.StatusCode == 400, $"{events[0]}\n{failure}");
                }
            }));
        }
    }

    private static Sample Find(string name) => Samples.All.Single(sample => sample.Name == name);

    private static ServiceConnection Connect(RawServer server, Sample sample) => Engine.Connect(new ConnectionSettings
    {
        Dialect = sample.Dialect,
        BaseUri = server.BaseUri,
        Key = Engine.Secret(Engine.Key),
        Model = "m",
        MaxRetry = 0,
    });

    private static Task AnswerAsync(RawExchange exchange, Sample sample, string[] events) => sample.Framing switch
    {
        Framing.Whole => exchange.AnswerAsync(200, events[0], "application/json"),
        Framing.Error => exchange.AnswerAsync(400, events[0], "application/json"),
        Framing.Stream => exchange.AnswerAsync(200, string.Concat(events.Select(Engine.Event)) + Engine.Event("[DONE]"), "text/event-stream"),
        _ => exchange.AnswerAsync(200, string.Concat(events.Select((data, place) => $"event: {TypeOf(sample.Events[place])}\n{Engine.Event(data)}")), "text/event-stream"),
    };

    private static string TypeOf(string data) => (string)JsonNode.Parse(data)!["type"]!;
}
