using System.Collections;
using System.Reflection;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Runs;

namespace ChatPS.Client.Tests.Damage;

/// <summary>Bodies that cannot be unpacked or decoded: a failure of the call, in which nobody finds the key.</summary>
public sealed class UndecodableAnswerTests
{
    private const string HeaderSecret = "sk-test-header-0123456789";
    private const string QuerySecret = "sk-test-query-0123456789";

    private static readonly CallSettings WithSecrets = new()
    {
        AdditionalHeader = new Dictionary<string, string>(StringComparer.Ordinal) { ["x-team-key"] = HeaderSecret },
        AdditionalQuery = new Dictionary<string, string>(StringComparer.Ordinal) { ["api-key"] = QuerySecret },
    };

    public static TheoryData<string, string> Calls
    {
        get
        {
            TheoryData<string, string> all = [];
            foreach (Sample sample in Samples.All)
            {
                foreach (string encoding in new[] { "gzip", "br", "deflate" })
                {
                    all.Add(sample.Name, encoding);
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_EncodingLies_IsAFailureWithoutTheKey(string name, string encoding)
    {
        Sample sample = Samples.All.Single(one => one.Name == name);
        bool isError = sample.Framing == Framing.Error;
        using RawServer server = RawServer.Answering(isError ? 401 : 200, sample.Events[0], "application/json", $"Content-Encoding: {encoding}");
        using ServiceConnection connection = Engine.Connect(new ConnectionSettings { Dialect = sample.Dialect, BaseUri = server.BaseUri, Key = Engine.Secret(Engine.Key), Model = "m", MaxRetry = 0 });

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => sample.Call(connection, WithSecrets).WaitAsync(Engine.Patience));

        Assert.Equal(isError ? ErrorIds.AuthenticationFailed : ErrorIds.BadResponse, failure.ErrorId);
        AssertHoldsNoSecret(failure);
    }

    [Theory]
    [InlineData("application/json; charset=no-such-thing")]
    [InlineData("application/json; charset=\"utf8\"")]
    [InlineData("application/json;;;charset")]
    public async Task Call_CharsetIsUnknown_IsReadAsUtf8(string type)
    {
        using RawServer server = RawServer.Answering(200, Engine.Answer("Grüße"), type);
        using ServiceConnection connection = Engine.Connect(server);

        Assert.Equal("Grüße", (await connection.CompleteAsync()).Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Content-Encoding: gzip")]
    public async Task Complete_FirstModelAnswersWithRubbish_AsksTheNext(string header)
    {
        using RawServer server = RawServer.Start(
            RawServer.Answer(200, """{"choices":[{}]}""", "application/json", header.Length > 0 ? [header] : []),
            RawServer.Answer(200, Engine.Answer("Hi")));
        using ServiceConnection connection = Engine.Connect(server);

        ChatCompletion answer = await connection.Chat.CompleteAsync(
            Engine.Ask(), CallSettings.None, new RunPlan { Fallback = new ModelFallback(["other"], ModelFallback.DefaultReasons) }, CancellationToken.None);

        Assert.Equal("Hi", answer.Text);
        Assert.Equal(["sandbox-mini"], answer.FallbackFrom);
    }

    [Fact]
    public void Carried_ExceptionsThatHoldMore_AreLeftOut()
    {
        IOException words = new("broken");
        System.Net.WebException web = new("web", words);
        IOException noted = new("noted", words) { Data = { ["request"] = Engine.Key } };

        Assert.Same(words, CarriedException.Of(words));
        Assert.Same(words, CarriedException.Of(web));
        Assert.Same(words, CarriedException.Of(new InvalidOperationException("outer", web)));
        Assert.Same(words, CarriedException.Of(noted));
        Assert.Null(CarriedException.Of(null));
    }

    // Whatever PowerShell can show of an exception: its properties, those of what they hold, and its text.
    private static void AssertHoldsNoSecret(object root)
    {
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        Queue<(object Value, string Path)> left = new([(root, "failure")]);
        while (left.TryDequeue(out (object Value, string Path) next))
        {
            string text = next.Value.ToString() ?? "";
            Assert.DoesNotContain("sk-test-", text, StringComparison.Ordinal);
            Assert.False(next.Value is HttpRequestMessage or HttpResponseMessage, next.Path);
            if (next.Value is string or Type or MemberInfo or Assembly or Module || !seen.Add(next.Value) || seen.Count > 5_000)
            {
                continue;
            }

            foreach (object item in next.Value is IEnumerable items ? items.Cast<object?>().OfType<object>() : [])
            {
                left.Enqueue((item, next.Path + "[]"));
            }

            foreach (PropertyInfo property in next.Value.GetType().GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance).Where(one => one.GetIndexParameters().Length == 0))
            {
                object? value = null;
                try
                {
                    value = property.GetValue(next.Value);
                }
                catch (Exception exception) when (exception is TargetInvocationException or NotSupportedException or InvalidOperationException)
                {
                    // Nothing is shown of it.
                }

                if (value is not null && value.GetType() is { IsPrimitive: false, IsEnum: false, IsPointer: false })
                {
                    left.Enqueue((value, $"{next.Path}.{property.Name}"));
                }
            }
        }
    }
}
