namespace Refit.Generator.Tests;

public sealed class EmissionTests
{
    [Fact]
    public void Class_Interface_IsImplementedAndRegistered()
    {
        GeneratorRun run = GeneratorRun.OverMembers("""[Get("/x")] Task XAsync();""");

        Assert.Empty(run.CompilationErrors);
        Assert.Contains("internal sealed class Demo_IApi : global::Demo.IApi", run.Source(), StringComparison.Ordinal);
        Assert.Contains(
            "global::Refit.GeneratedClients.Register<global::Demo.IApi>(static (client, settings) => new Demo_IApi(client, settings));",
            run.Source("RefitRegistration.g.cs"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Registration_AttributeInTheFramework_IsNotEmitted()
    {
        GeneratorRun run = GeneratorRun.OverMembers("""[Get("/x")] Task XAsync();""");

        Assert.DoesNotContain("class ModuleInitializerAttribute", run.Source("RefitRegistration.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void Registration_NoAttributeInTheFramework_IsEmitted()
    {
        string source = RegistrationEmitter.Emit(new EquatableArray<RegistrationModel>([new RegistrationModel("global::A", "A")]), needsAttribute: true);

        Assert.Contains("internal sealed class ModuleInitializerAttribute : global::System.Attribute", source, StringComparison.Ordinal);
    }

    [Fact]
    public void Registration_NoInterface_IsEmpty() =>
        Assert.Empty(GeneratorRun.Over("internal interface IOther : System.IDisposable { void M(); }").Result.GeneratedSources);

    [Fact]
    public void Method_ChatCompletion_IsStraightLineCode() => Assert.Equal(
        [
            "var request_ = new RequestBuilder(_client, Method0, HttpVerbs.Post);",
            "request_.Path(\"/chat/completions\");",
            "request_.QueryMap<string, string>(\"\", query, Attributes0, typeof(IDictionary<string, string>));",
            "request_.Body(request, BodySerializationMethod.Default, true);",
            "request_.Header(\"Accept\", \"text/event-stream\");",
            "request_.Headers(headers);",
            "request_.Property(\"ChatPS.Call\", call);",
            "return await Sender.SendForResponseAsync(request_, token).ConfigureAwait(false);",
        ],
        GeneratorRun.OverMembers("""
            [Post("/chat/completions")]
            [Headers("Accept: text/event-stream")]
            Task<HttpResponseMessage> StreamAsync(
                [Body(buffered: true)] object request,
                [HeaderCollection] IDictionary<string, string>? headers,
                [Query] IDictionary<string, string>? query,
                [Property("ChatPS.Call")] object? call,
                CancellationToken token);
            """).Statements());

    [Fact]
    public void Method_RouteAndQuery_AreWrittenFromLeftToRight() => Assert.Equal(
        [
            "var request = new RequestBuilder(_client, Method0, HttpVerbs.Get);",
            "request.Path(\"/a/\");",
            "request.PathValue(id, ParameterAttributes.None, typeof(int));",
            "request.Path(\"/b/\");",
            "request.PathSegments(rest, ParameterAttributes.None);",
            "request.QueryPair(\"k\");",
            "request.Path(\"v\");",
            "request.Query(\"text\", text, ParameterAttributes.None, typeof(string));",
            "request.QueryCollection<int>(\"ids\", ids, CollectionFormat.Multi, Attributes0, typeof(int[]));",
            "return await Sender.SendAsync<string>(request, default).ConfigureAwait(false);",
        ],
        GeneratorRun.OverMembers("""
            [Get("/a/{ID}/b/{**rest}?k=v")]
            Task<string> GetAsync(int id, string rest, string? text, [Query(CollectionFormat.Multi)] int[] ids);
            """).Statements());

    [Fact]
    public void Method_QueryObject_IsReadPropertyByProperty() => Assert.Equal(
        [
            "var request = new RequestBuilder(_client, Method0, HttpVerbs.Get);",
            "request.Path(\"/q\");",
            "request.Query(\"p.\" + request.QueryKey(\"Name\"), filter?.Name, Attributes0, typeof(Demo.Filter));",
            "request.Query(\"p.\" + \"min\", filter?.Minimum, Attributes0, typeof(Demo.Filter));",
            "await Sender.SendVoidAsync(request, default).ConfigureAwait(false);",
        ],
        GeneratorRun.OverMembers(
            """[Get("/q")] Task GetAsync([Query(".", "p")] Filter? filter);""",
            others: """internal sealed class Filter { public string? Name { get; set; } [AliasAs("min")] public int Minimum { get; set; } public int Written { set { } } }""").Statements());

    [Fact]
    public void Method_NullableToken_IsUnwrapped() =>
        Assert.Contains("await Sender.SendVoidAsync(request, token.GetValueOrDefault()).ConfigureAwait(false);", GeneratorRun.OverMembers("""[Get("/q")] Task GetAsync(CancellationToken? token = null);""").Statements());

    [Fact]
    public void Method_KeywordsAsNames_AreEscaped() =>
        Assert.Contains("request.Query(\"class\", @class, ParameterAttributes.None, typeof(string));", GeneratorRun.OverMembers("""[Get("/q")] Task @event(string @class);""").Statements());

    [Fact]
    public void Method_TextWithQuotes_IsEscaped()
    {
        string[] statements = GeneratorRun.OverMembers("""[Get("/q")] [Headers("X-Quote: \"a\\b\"")] Task GetAsync();""").Statements();

        Assert.Contains("""request.Header("X-Quote", "\"a\\b\"");""", statements);
    }

    [Fact]
    public void Headers_SameNameInAnyCase_IsSetOnce()
    {
        string[] statements = GeneratorRun.OverMembers("""[Get("/q")] [Headers("accept: b")] Task GetAsync();""", "[Headers(\"Accept: a\", \"X-Gone\")]").Statements();

        Assert.Equal(["request.RemoveHeader(\"X-Gone\");", "request.Header(\"accept\", \"b\");"], statements.Where(line => line.Contains("Header", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Task<IApiResponse<string>>", "SendForApiResponseAsync<string>")]
    [InlineData("Task<ApiResponse<int?>>", "SendForApiResponseAsync<int?>")]
    [InlineData("Task<IApiResponse>", "SendForApiResponseAsync<System.Net.Http.HttpContent>")]
    [InlineData("Task<HttpContent>", "SendAsync<System.Net.Http.HttpContent>")]
    [InlineData("Task<Stream>", "SendAsync<System.IO.Stream>")]
    [InlineData("Task<List<string?>?>", "SendAsync<List<string>>")]
    public void Method_ReturnType_ChoosesTheSender(string type, string sender) => Assert.Contains(
        $"return await Sender.{sender}(request, default).ConfigureAwait(false);",
        GeneratorRun.OverMembers($"""[Get("/x")] {type} GetAsync();""").Statements());

    [Fact]
    public void Interface_InheritedMethods_AreImplementedOnce()
    {
        GeneratorRun run = GeneratorRun.OverMembers(
            """[Get("/x")] Task XAsync();""",
            others: """
                internal interface IBase { [Get("/base")] Task BaseAsync(); }
                internal interface ILeft : IBase;
                internal interface IRight : IBase;
                internal interface IBoth : ILeft, IRight;
                """);

        Assert.Empty(run.CompilationErrors);
        Assert.Contains("global::Demo.IBase.BaseAsync()", run.Source("Demo_IBoth.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void Interface_Partial_IsImplementedOnce()
    {
        GeneratorRun run = GeneratorRun.Over("""
            using System.Threading.Tasks;
            using Refit;
            public partial interface IApi;
            public partial interface IApi { [Get("/a")] Task AAsync(); }
            public partial interface IApi { [Get("/b")] Task BAsync(); }
            """);

        Assert.Empty(run.CompilationErrors);
        Assert.Equal(["IApi.g.cs", "RefitRegistration.g.cs"], run.Result.GeneratedSources.Select(source => source.HintName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Interface_NestedAndUnderscored_GetNamesOfTheirOwn()
    {
        GeneratorRun run = GeneratorRun.Over("""
            using System.Threading.Tasks;
            using Refit;
            namespace A { internal static class B { internal interface C { [Get("/a")] Task AAsync(); } } }
            namespace A { internal interface B_C { [Get("/b")] Task BAsync(); } }
            """);

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilationErrors);
        Assert.Equal(3, run.Result.GeneratedSources.Length);
    }

    [Fact]
    public void Interface_DefaultImplementation_IsKept()
    {
        GeneratorRun run = GeneratorRun.OverMembers("""
            [Get("/x")] Task XAsync();
            Task TwiceAsync() => XAsync();
            """);

        Assert.Empty(run.Diagnostics);
        Assert.DoesNotContain("TwiceAsync", run.Source(), StringComparison.Ordinal);
    }
}
