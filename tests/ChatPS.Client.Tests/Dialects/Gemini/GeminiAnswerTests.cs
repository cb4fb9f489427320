using System.Globalization;
using ChatPS.Client.Chat;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Completions;
using ChatPS.Client.Connections;
using ChatPS.Client.Providers;

namespace ChatPS.Client.Tests.Dialects.Gemini;

/// <summary>Answers as Google's pages show them.</summary>
public sealed class GeminiAnswerTests
{
    private static readonly ConnectionSettings Settings = new() { Dialect = KnownDialects.Gemini };

    [Fact]
    public void Restore_Text_IsAnswerWithUsage()
    {
        ChatCompletion answer = Read("""
            {"candidates":[{"content":{"parts":[{"text":"AI "},{"text":"works."}],"role":"model"},"finishReason":"STOP","index":0,"avgLogprobs":-0.1}],
             "usageMetadata":{"promptTokenCount":8,"cachedContentTokenCount":3,"candidatesTokenCount":5,"thoughtsTokenCount":20,"toolUsePromptTokenCount":2,"totalTokenCount":35,
               "promptTokensDetails":[{"modality":"TEXT","tokenCount":4},{"modality":"AUDIO","tokenCount":4}]},
             "modelVersion":"gemini-2.5-flash","responseId":"r-1"}
            """);

        Assert.Equal(("AI works.", "stop", "gemini-2.5-flash", "r-1"), (answer.Text, answer.FinishReason, answer.Model, answer.Id));
        Assert.Equal(
            (10, 25, 35, 3, 20, 4),
            (answer.Usage!.InputTokens, answer.Usage.OutputTokens, answer.Usage.TotalTokens, answer.Usage.CachedTokens, answer.Usage.ReasoningTokens, answer.Usage.InputAudioTokens));
        Assert.Null(answer.Message!.Raw);
        Assert.Contains("avgLogprobs", answer.Raw, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("STOP", "stop")]
    [InlineData("MAX_TOKENS", "length")]
    [InlineData("SAFETY", "content_filter")]
    [InlineData("RECITATION", "content_filter")]
    [InlineData("BLOCKLIST", "content_filter")]
    [InlineData("PROHIBITED_CONTENT", "content_filter")]
    [InlineData("SPII", "content_filter")]
    [InlineData("MODEL_ARMOR", "content_filter")]
    [InlineData("ESCALATION", "content_filter")]
    [InlineData("PUP_LIMITED_DISABLED", "content_filter")]
    [InlineData("IMAGE_SAFETY", "content_filter")]
    [InlineData("IMAGE_PROHIBITED_CONTENT", "content_filter")]
    [InlineData("IMAGE_RECITATION", "content_filter")]
    [InlineData("CONTINUATION", "continuation")]
    [InlineData("SOMETHING_NEW", "something_new")]
    public void Restore_FinishReason_IsTheCommonOne(string reason, string expected) =>
        Assert.Equal(expected, Read($$"""{"candidates":[{"finishReason":"{{reason}}","index":0}]}""").FinishReason);

    [Fact]
    public void Restore_Calls_GetIdsWhereTheyHaveNone()
    {
        ChatCompletion answer = Read("""
            {"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","args":{"city":"Bonn"}}},{"functionCall":{"id":"own","name":"g"}}],"role":"model"},"finishReason":"STOP"}]}
            """);

        Assert.Equal("tool_calls", answer.FinishReason);
        Assert.Equal(
            [("gemini-call-1-1", "f", """{"city":"Bonn"}"""), ("own", "g", "{}")], answer.ToolCalls.Select(call => (call.Id, call.Name, call.Arguments)));
        Assert.Null(answer.Message!.Raw);
    }

    [Fact]
    public void Restore_SignedThoughts_AreReasoningAndKept()
    {
        ChatCompletion answer = Read("""
            {"candidates":[{"content":{"parts":[{"text":"Hm. ","thought":true},{"text":"So.","thought":true},{"text":"42","thoughtSignature":"c2ln"}],"role":"model"},"finishReason":"STOP"}]}
            """);

        Assert.Equal(("42", "Hm. So."), (answer.Text, answer.Reasoning));
        Assert.Equal("Gemini", answer.Message!.RawDialect);
        Assert.Equal("""[{"text":"Hm. ","thought":true},{"text":"So.","thought":true},{"text":"42","thoughtSignature":"c2ln"}]""", answer.Message.Raw);
    }

    [Fact]
    public void Restore_UnknownPart_SurvivesUnderRaw()
    {
        ChatCompletion answer = Read("""{"candidates":[{"content":{"parts":[{"text":"x"},{"hologram":{"depth":3}}]},"finishReason":"STOP"}],"newMember":1}""");

        Assert.Equal("""[{"text":"x"},{"hologram":{"depth":3}}]""", answer.Message!.Raw);
        Assert.Contains("newMember", answer.Raw, StringComparison.Ordinal);
    }

    [Fact]
    public void Restore_Media_AreContentAndAudio()
    {
        ChatCompletion answer = Read("""
            {"candidates":[{"content":{"parts":[{"text":"Here:"},{"inlineData":{"mimeType":"image/png","data":"iVBO"}},{"inlineData":{"mimeType":"audio/L16;codec=pcm;rate=24000","data":"AAEC"}}]},"finishReason":"STOP"}]}
            """);

        Assert.Equal([("text", null), ("image_url", "data:image/png;base64,iVBO")], answer.Message!.Content.Select(part => (part.Type, part.Url)));
        Assert.Equal("pcm16", answer.Audio!.Format);
        Assert.Equal([0, 1, 2], answer.Audio.Data);
    }

    [Fact]
    public void Restore_Grounding_IsCitationsByCharacterAndACall()
    {
        // "Größe 😀. " has 13 bytes and 9 characters.
        ChatCompletion answer = Read("""
            {"candidates":[{"content":{"parts":[{"text":"Größe 😀. Spain won."}]},"finishReason":"STOP","groundingMetadata":{
              "webSearchQueries":["UEFA Euro 2024 winner","who won"],
              "groundingChunks":[{"web":{"uri":"https://a.example","title":"A"}},{"web":{"uri":"https://b.example","title":"B"}}],
              "groundingSupports":[{"segment":{"startIndex":14,"endIndex":24,"text":"Spain won."},"groundingChunkIndices":[1,7]},{"segment":{"endIndex":13},"groundingChunkIndices":[0]}]}}]}
            """);

        Assert.Equal([("B", "https://b.example", 10, 20), ("A", "https://a.example", 0, 9)], answer.Citations.Select(citation => (citation.Title, citation.Url, citation.StartIndex!.Value, citation.EndIndex!.Value)));
        Assert.Equal("Spain won.", answer.Text[10..20]);
        ChatBuiltInCall call = Assert.Single(answer.BuiltInCalls);
        Assert.Equal(("google_search", "UEFA Euro 2024 winner; who won"), (call.Type, call.Input));
        Assert.Equal(["https://a.example", "https://b.example"], call.Sources.Select(source => source.Url));
        Assert.Contains("groundingSupports", call.Raw, StringComparison.Ordinal);
    }

    [Fact]
    public void Restore_CodeAndPages_AreCalls()
    {
        ChatCompletion answer = Read("""
            {"candidates":[{"content":{"parts":[{"executableCode":{"language":"PYTHON","code":"print(1)"}},{"codeExecutionResult":{"outcome":"OUTCOME_OK","output":"1\n"}},
               {"executableCode":{"language":"PYTHON","code":"boom"}},{"codeExecutionResult":{"outcome":"OUTCOME_FAILED","output":"NameError"}},{"text":"One."}]},
              "finishReason":"STOP","urlContextMetadata":{"urlMetadata":[{"retrievedUrl":"https://c.example","urlRetrievalStatus":"URL_RETRIEVAL_STATUS_SUCCESS"}]},
              "citationMetadata":{"citationSources":[{"startIndex":0,"endIndex":3,"uri":"https://d.example"}]}}]}
            """);

        Assert.Equal(
            [("code_execution", "print(1)", "1\n", null), ("code_execution", "boom", null, "NameError"), ("url_context", "https://c.example", null, null)],
            answer.BuiltInCalls.Select(call => (call.Type, call.Input, call.Output, call.Error)));
        ChatCitation citation = Assert.Single(answer.Citations);
        Assert.Equal(("https://d.example", 0, 3), (citation.Url, citation.StartIndex, citation.EndIndex));
        Assert.NotNull(answer.Message!.Raw);
    }

    [Fact]
    public void Restore_Ratings_AreContentFilters()
    {
        ChatCompletion answer = Read("""
            {"promptFeedback":{"safetyRatings":[{"category":"HARM_CATEGORY_HARASSMENT","probability":"NEGLIGIBLE"}]},
             "candidates":[{"index":0,"finishReason":"SAFETY","safetyRatings":[{"category":"HARM_CATEGORY_DANGEROUS_CONTENT","probability":"HIGH","blocked":true}]}]}
            """);

        Assert.Equal(
            [("prompt", "HARM_CATEGORY_HARASSMENT", "NEGLIGIBLE", false, false), ("answer", "HARM_CATEGORY_DANGEROUS_CONTENT", "HIGH", true, true)],
            answer.ContentFilters.Select(filter => (filter.Source, filter.Category, filter.Severity, filter.Detected, filter.Blocked)));
        Assert.Equal("", answer.Text);
    }

    [Fact]
    public void Restore_Candidates_AreChoicesInOrder()
    {
        ChatCompletion answer = Read("""
            {"candidates":[{"index":1,"content":{"parts":[{"text":"b"}]},"finishReason":"STOP"},{"index":0,"content":{"parts":[{"text":"a"}]},"finishReason":"MAX_TOKENS"}]}
            """);

        Assert.Equal([(0, "a", "length"), (1, "b", "stop")], answer.Choices.Select(choice => (choice.Index, choice.Text, choice.FinishReason)));
    }

    [Fact]
    public void Restore_LogProbs_AreRead()
    {
        ChatCompletion answer = Read("""
            {"candidates":[{"content":{"parts":[{"text":"a"}]},"finishReason":"STOP","logprobsResult":{
              "chosenCandidates":[{"token":"a","tokenId":1,"logProbability":-0.5}],"topCandidates":[{"candidates":[{"token":"a","logProbability":-0.5},{"token":"b","logProbability":-1.5}]}]}}]}
            """);

        ChatTokenLogProb token = Assert.Single(answer.Choices[0].LogProbs);
        Assert.Equal("a -0.5: a, b", string.Create(CultureInfo.InvariantCulture, $"{token.Token} {token.LogProb}: {string.Join<ChatTokenLogProb>(", ", token.Top)}"));
    }

    private static ChatCompletion Read(string json) =>
        Settings.Dialect.Chat.Restore(json, isStream: false, Engine.Ask(), new CheckpointOrigin(new CheckpointRecord { Raw = json }, Settings, CallSettings.None));
}
