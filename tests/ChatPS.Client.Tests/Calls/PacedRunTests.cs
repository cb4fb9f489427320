using ChatPS.Api.Wire;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Providers;
using Xunit.Abstractions;

namespace ChatPS.Client.Tests.Calls;

/// <summary>Long runs against a service that lets 60 requests a minute through, in made-up time.</summary>
public sealed class PacedRunTests(ITestOutputHelper output)
{
    private const int Items = 300;
    private const int MaxRetry = 2;

    private readonly FakeTime _time = new();

    public static TheoryData<string, string, int, int, int> Services
    {
        get
        {
            TheoryData<string, string, int, int, int> all = [];
            foreach (Counting counting in Enum.GetValues<Counting>())
            {
                foreach (Hint hint in Enum.GetValues<Hint>())
                {
                    foreach (int throttle in hint == Hint.None ? [1, 8] : new[] { 1, 8, 32 })
                    {
                        all.Add(counting.ToString(), hint.ToString(), throttle, 200, 20);
                        all.Add(counting.ToString(), hint.ToString(), throttle, 3000, 50);
                    }
                }

                all.Add(counting.ToString(), nameof(Hint.RetryAfter), 8, 200, 200);
                all.Add(counting.ToString(), nameof(Hint.None), 8, 200, 200);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Run_ServiceAllowsSixtyAMinute_NoItemFailsAndFewAreRefused(string counting, string hint, int throttle, int latency, int refusalLatency)
    {
        using LimitedService service = new(_time, Enum.Parse<Counting>(counting), Enum.Parse<Hint>(hint), TimeSpan.FromMilliseconds(latency), TimeSpan.FromMilliseconds(refusalLatency));
        using Pacer pacer = new(null, null, _time);
        RetryBudget budget = new();
        using HttpMessageInvoker invoker = new(new RetryHandler(_time, () => 0.5, budget) { InnerHandler = new AttemptHandler(pacer, budget) { InnerHandler = service } });
        int next = 0;
        int failed = 0;
        int busy = throttle;
        DateTimeOffset start = _time.GetUtcNow();

        Task run = Task.WhenAll(Enumerable.Range(0, throttle).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) <= Items)
            {
                using HttpResponseMessage response = await SendAsync(invoker);
                if (!response.IsSuccessStatusCode)
                {
                    Interlocked.Increment(ref failed);
                }
            }

            Interlocked.Decrement(ref busy);
        })));
        using CancellationTokenSource patience = new(Engine.Patience);
        while (Volatile.Read(ref busy) > 0)
        {
            patience.Token.ThrowIfCancellationRequested();
            if (AllWait())
            {
                _time.Advance(_time.Running.Min());
            }
            else
            {
                await Task.Yield();
            }
        }

        await run;

        // None of them was on its way from the one to the other while they were counted.
        bool AllWait()
        {
            int received = service.Received;
            int all = Volatile.Read(ref busy);
            return all > 0 && pacer.Waiting + service.Pending == all && received == service.Received;
        }

        TimeSpan took = _time.GetUtcNow() - start;
        output.WriteLine(FormattableString.Invariant($"{counting}, {hint}, {throttle} at a time: {service.Refused} of {service.Received} refused ({100.0 * service.Refused / service.Received:0.0} %) in {took.TotalSeconds:0} s"));
        Assert.Equal((0, Items), (failed, service.Received - service.Refused));
        Assert.InRange((double)service.Refused / service.Received, 0, 0.05);
        Assert.InRange(took, TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(20));
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMessageInvoker invoker)
    {
        using CallContext call = new(
            new ConnectionSettings { Dialect = KnownDialects.OpenAI, BaseUri = new Uri("https://example.com/v1"), MaxRetry = MaxRetry }, CallSettings.None, _time, CancellationToken.None, CancellationToken.None);
        using HttpRequestMessage request = new(HttpMethod.Post, "https://example.com/v1/chat/completions");
        request.Options.Set(new HttpRequestOptionsKey<object>(CallProperty.Key), call);
        return await invoker.SendAsync(request, call.Token);
    }
}
