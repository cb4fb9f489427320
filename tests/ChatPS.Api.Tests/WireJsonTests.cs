using System.Text.Json;
using ChatPS.Api.Chat;
using ChatPS.Api.Errors;
using ChatPS.Api.Models;
using ChatPS.Api.Moderations;
using ChatPS.Api.Text;

namespace ChatPS.Api.Tests;

public sealed class WireJsonTests
{
    [Fact]
    public void Read_ChatCompletion_HasEveryPart()
    {
        const string json = """
            {"id":"chatcmpl-1","object":"chat.completion","created":1699603392,"model":"gpt-4o-2024-08-06","service_tier":"default",
             "system_fingerprint":"fp_1","metadata":{"run":"7"},
             "choices":[{"index":0,"finish_reason":"tool_calls",
               "message":{"role":"assistant","content":null,"refusal":null,"annotations":[{"type":"url_citation","url_citation":{"start_index":1,"end_index":2,"url":"https://example.com","title":"t"}}],
                 "audio":{"id":"a","expires_at":1,"data":"AAAA","transcript":"hi"},
                 "tool_calls":[{"id":"call-1","type":"function","function":{"name":"f","arguments":"{}"}}]},
               "logprobs":{"content":[{"token":"a","logprob":-0.5,"bytes":[97],"top_logprobs":[{"token":"b","logprob":-1,"bytes":null}]}],"refusal":null}}],
             "usage":{"prompt_tokens":9,"completion_tokens":17,"total_tokens":26,
               "prompt_tokens_details":{"cached_tokens":3,"audio_tokens":1,"text_tokens":5,"image_tokens":2,"cache_write_tokens":4},
               "completion_tokens_details":{"reasoning_tokens":8,"accepted_prediction_tokens":1,"rejected_prediction_tokens":2,"audio_tokens":0,"text_tokens":9}},
             "moderation":{"input":{"type":"moderation_results","model":"m","results":[{"type":"moderation_result","model":"m","flagged":true,"categories":{"hate":true},"category_scores":{"hate":0.9},"category_applied_input_types":{"hate":["text"]}}]},
               "output":{"type":"error","code":"unavailable","message":"later"}}}
            """;

        var answer = Wire.Read<ChatCompletionResponse>(json);

        Assert.Equal(json, answer.Raw);
        Assert.Null(answer.AdditionalProperties);
        Assert.Equal(("chatcmpl-1", 1699603392L, "default", "fp_1", "7"), (answer.Id, answer.Created, answer.ServiceTier, answer.SystemFingerprint, answer.Metadata!["run"]));
        var choice = Assert.Single(answer.Choices!);
        Assert.Equal("tool_calls", choice.FinishReason);
        Assert.Null(choice.Message!.Content);
        Assert.Equal("https://example.com", Assert.Single(choice.Message.Annotations!).UrlCitation!.Url);
        Assert.Equal("hi", choice.Message.Audio!.Transcript);
        Assert.Equal("{}", Assert.Single(choice.Message.ToolCalls!).Function!.Arguments);
        var token = Assert.Single(choice.Logprobs!.Content!);
        Assert.Equal(-0.5, token.Logprob);
        Assert.Equal([97], token.Bytes);
        Assert.Equal("b", Assert.Single(token.TopLogprobs!).Token);
        Assert.Equal((9, 17, 26), (answer.Usage!.PromptTokens, answer.Usage.CompletionTokens, answer.Usage.TotalTokens));
        Assert.Equal((3, 4), (answer.Usage.PromptTokensDetails!.CachedTokens, answer.Usage.PromptTokensDetails.CacheWriteTokens));
        Assert.Equal(8, answer.Usage.CompletionTokensDetails!.ReasoningTokens);
        Assert.Equal(0.9, Assert.Single(answer.Moderation!.Input!.Results!).CategoryScores!["hate"]);
        Assert.Equal("later", answer.Moderation.Output!.Message);
    }

    [Fact]
    public void Read_Chunk_HasDeltaAndToolCallPieces()
    {
        var chunk = Wire.Read<ChatCompletionChunk>("""
            {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","obfuscation":"x7","choices":[{"index":1,"finish_reason":null,
             "delta":{"role":"assistant","content":"你","reasoning_content":"思","tool_calls":[{"index":0,"id":"call-1","type":"function","function":{"name":"f","arguments":"{\"a"}}]}}]}
            """);

        var choice = Assert.Single(chunk.Choices!);
        Assert.Equal((1, "你", "思"), (choice.Index, choice.Delta!.Content, choice.Delta.ReasoningContent));
        Assert.Null(choice.FinishReason);
        var piece = Assert.Single(choice.Delta.ToolCalls!);
        Assert.Equal((0, "call-1", "f", "{\"a"), (piece.Index, piece.Id, piece.Function!.Name, piece.Function.Arguments));
    }

    [Fact]
    public void Read_UsageChunk_HasNoChoices()
    {
        var chunk = Wire.Read<ChatCompletionChunk>("""{"id":"c","choices":[],"usage":{"total_tokens":3}}""");

        Assert.Empty(chunk.Choices!);
        Assert.Equal(3, chunk.Usage!.TotalTokens);
    }

    [Fact]
    public void Read_LegacyCompletion_HasTextAndLogprobs()
    {
        var answer = Wire.Read<CompletionResponse>("""
            {"id":"cmpl-1","object":"text_completion","created":1,"model":"text-davinci-003","choices":[{"text":"哈哈","index":0,"finish_reason":"length",
             "logprobs":{"tokens":["a","b"],"token_logprobs":[null,-0.1],"top_logprobs":[null,{"b":-0.1}],"text_offset":[0,1]}}],"usage":{"prompt_tokens":1}}
            """);

        var choice = Assert.Single(answer.Choices!);
        Assert.Equal(("哈哈", "length"), (choice.Text, choice.FinishReason));
        Assert.Equal([null, -0.1], choice.Logprobs!.TokenLogprobs);
        Assert.Equal(-0.1, choice.Logprobs.TopLogprobs![1]!["b"]);
        Assert.Equal([0, 1], choice.Logprobs.TextOffset);
    }

    [Fact]
    public void Read_PublicModeration_HasResults()
    {
        var answer = Wire.Read<ModerationResponse>("""
            {"id":"modr-1","model":"omni","results":[{"flagged":true,"categories":{"hate":true,"illicit":null},"category_scores":{"hate":0.9,"illicit":1e-7},"category_applied_input_types":{"hate":["text","image"]}}]}
            """);

        var result = Assert.Single(answer.Results!);
        Assert.True(result.Flagged);
        Assert.True(result.Categories!["hate"]);
        Assert.Null(result.Categories["illicit"]);
        Assert.Equal(1e-7, result.CategoryScores!["illicit"]);
        Assert.Equal(["text", "image"], result.CategoryAppliedInputTypes!["hate"]);
        Assert.Null(answer.Flagged);
    }

    [Fact]
    public void Read_WebModeration_HasTheFlagsThemselves()
    {
        var answer = Wire.Read<ModerationResponse>("""{"flagged":false,"blocked":true,"moderation_id":"modr-6rTz"}""");

        Assert.Null(answer.Results);
        Assert.Equal((false, true, "modr-6rTz"), (answer.Flagged, answer.Blocked, answer.ModerationId));
    }

    [Fact]
    public void Read_Models_EachHasItsOwnJson()
    {
        var list = Wire.Read<ModelList>("""{"object":"list","data":[{"id":"a","object":"model","owned_by":"o","permission":[{"x":1}]},null,{"id":"b","shutdown_date":"2027-01-01"}]}""");

        Assert.Equal(["a", "b"], list.Data!.Select(model => model.Id));
        Assert.Equal("""{"id":"b","shutdown_date":"2027-01-01"}""", list.Data![1].Raw);
        Assert.Equal("2027-01-01", list.Data[1].ShutdownDate);
        Assert.Equal("""[{"x":1}]""", list.Data[0].AdditionalProperties!["permission"].GetRawText());
    }

    [Fact]
    public void Read_ModelsAsABareArray_IsAList()
    {
        var list = Wire.Read<ModelList>(""" [{"id":"a"},{"id":"b","created":2}]""");

        Assert.Equal(["a", "b"], list.Data!.Select(model => model.Id));
        Assert.Equal("""{"id":"a"}""", list.Data![0].Raw);
    }

    [Theory]
    [InlineData("1699603392", 1699603392L)]
    [InlineData("1699603392.75", 1699603392L)]
    [InlineData("1.699603392e9", 1699603392L)]
    [InlineData("\"1699603392\"", 1699603392L)]
    [InlineData("\"1699603392.5\"", 1699603392L)]
    [InlineData("\"2023-11-10T08:03:12Z\"", 1699603392L)]
    [InlineData("\"yesterday\"", null)]
    [InlineData("1e300", null)]
    [InlineData("{\"at\":[1]}", null)]
    [InlineData("true", null)]
    [InlineData("null", null)]
    public void Read_TimeInAnyForm_IsSecondsOrNull(string created, long? expected)
    {
        var answer = Wire.Read<ChatCompletionResponse>($$$"""{"created":{{{created}}},"id":"x"}""");

        Assert.Equal(expected, answer.Created);
        Assert.Equal("x", answer.Id);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("7.0")]
    [InlineData("\"7\"")]
    [InlineData("\"7.0\"")]
    [InlineData("7e0")]
    public void Read_WholeNumberInAnyForm_IsRead(string number) =>
        Assert.Equal(7, Wire.Read<ChatCompletionResponse>($$$"""{"usage":{"prompt_tokens":{{{number}}}}}""").Usage!.PromptTokens);

    [Theory]
    [InlineData("\"text\"", "text")]
    [InlineData("null", null)]
    [InlineData("""[{"type":"text","text":"a"},{"type":"thinking","thinking":[]},"b",{"text":null},{"type":"text","text":"c"}]""", "abc")]
    [InlineData("""{"type":"text","text":"a"}""", "a")]
    [InlineData("[]", "")]
    [InlineData("42", "42")]
    [InlineData("\"half \\ud83d emoji\\n\"", "half \ufffd emoji\n")]
    [InlineData("\"whole \\ud83d\\ude00\"", "whole 😀")]
    public void Read_ContentInAnyForm_IsText(string content, string? expected)
    {
        Assert.Equal(expected, Wire.Read<ChatCompletionResponse>($$$"""{"choices":[{"message":{"content":{{{content}}}}}]}""").Choices![0].Message!.Content);
        Assert.Equal(expected, Wire.Read<ChatCompletionChunk>($$$"""{"choices":[{"delta":{"content":{{{content}}}}}]}""").Choices![0].Delta!.Content);
    }

    [Fact]
    public void Read_ToolArgumentsAsAnObject_AreTheirJson()
    {
        var answer = Wire.Read<ChatCompletionResponse>("""{"id":123,"choices":[{"message":{"tool_calls":[{"function":{"name":"f","arguments":{"a": 1}}}]}}]}""");

        Assert.Equal("""{"a": 1}""", answer.Choices![0].Message!.ToolCalls![0].Function!.Arguments);
        Assert.Equal("123", answer.Id);
    }

    [Fact]
    public void Read_UnknownFields_AreKeptAtEveryLevel()
    {
        var answer = Wire.Read<ChatCompletionResponse>("""
            {"provider":"p","choices":[{"native_finish_reason":"STOP","message":{"content":"a","citations":["u"]}}],"usage":{"cost":0.01,"prompt_tokens_details":{"video_tokens":1}}}
            """);

        Assert.Equal("p", answer.AdditionalProperties!["provider"].GetString());
        Assert.Equal("STOP", answer.Choices![0].AdditionalProperties!["native_finish_reason"].GetString());
        Assert.Equal("""["u"]""", answer.Choices[0].Message!.AdditionalProperties!["citations"].GetRawText());
        Assert.Equal(0.01, answer.Usage!.AdditionalProperties!["cost"].GetDouble());
        Assert.Equal(1, answer.Usage.PromptTokensDetails!.AdditionalProperties!["video_tokens"].GetInt32());
    }

    [Fact]
    public void Read_ToolCallWithVendorFields_GoesBackWithThem()
    {
        var call = Wire.Read<ChatCompletionResponse>("""{"choices":[{"message":{"tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{}"},"extra_content":{"signature":"s"}}]}}]}""")
            .Choices![0].Message!.ToolCalls![0];

        var sent = System.Text.Encoding.UTF8.GetString(Wire.Write(new ChatCompletionRequest { Messages = [new() { Role = "assistant", ToolCalls = [call] }] }));

        Assert.Contains("\"extra_content\":{\"signature\":\"s\"}", sent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("  \n", "empty")]
    [InlineData("null", "JSON")]
    [InlineData("[]", "JSON")]
    [InlineData("\"text\"", "JSON")]
    [InlineData("{\"id\":", "JSON")]
    [InlineData("{\"choices\":7}", "JSON")]
    [InlineData("{\"choices\":\"many\"}", "JSON")]
    [InlineData("<html><head><title>Welcome</title></head></html>", "web page instead of JSON: Welcome")]
    public void Read_NoAnswer_ThrowsWithTheBody(string body, string expected)
    {
        var exception = Assert.Throws<WireFormatException>(() => Wire.Read<ChatCompletionResponse>(body));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.Equal(body, exception.Body);
        Assert.Null(exception.Error);
    }

    [Fact]
    public void Read_LongGarbage_IsCutInTheMessageOnly()
    {
        var body = new string('x', 5000);

        var exception = Assert.Throws<WireFormatException>(() => Wire.Read<Model>(body));

        Assert.True(exception.Message.Length < 500);
        Assert.Equal(body, exception.Body);
        Assert.IsAssignableFrom<JsonException>(exception);
    }

    [Theory]
    [InlineData("""{"error":{"message":"no money","type":"insufficient_quota","code":"insufficient_quota"}}""", "no money")]
    [InlineData("""{"error":"overloaded"}""", "overloaded")]
    [InlineData("""{"id":"x","choices":[],"error":{"message":"mid-stream","code":502}}""", "mid-stream")]
    [InlineData("""{"code":401,"message":"令牌无效","data":null}""", "令牌无效")]
    [InlineData("""{"code":"E1","msg":"bad"}""", "bad")]
    [InlineData("""{"status_code":1004,"status_msg":"not signed in"}""", "not signed in")]
    [InlineData("""{"statusCode":500,"err":"no upstream"}""", "no upstream")]
    [InlineData("""{"object":"error","error_msg":"no such model"}""", "no such model")]
    [InlineData("""[{"error":{"message":"wrapped","code":400,"status":"INVALID_ARGUMENT"}}]""", "wrapped")]
    [InlineData("""{"choices":7,"error":"of another form"}""", "of another form")]
    public void Read_ErrorUnderSuccess_ThrowsTheError(string body, string expected)
    {
        Assert.Equal(expected, Assert.Throws<WireFormatException>(() => Wire.Read<ChatCompletionResponse>(body)).Error!.Message);
        Assert.Equal(expected, Assert.Throws<WireFormatException>(() => Wire.Read<ChatCompletionChunk>(body)).Error!.Message);
        Assert.Equal(expected, Assert.Throws<WireFormatException>(() => Wire.Read<ModelList>(body)).Error!.Message);
    }

    [Theory]
    [InlineData("""{"error":null,"choices":[]}""")]
    [InlineData("""{"error":"","choices":[]}""")]
    [InlineData("""{"error":{},"code":200,"message":"ok","choices":[]}""")]
    [InlineData("""{"code":0,"message":"success"}""")]
    public void Read_AnswerThatSaysThereIsNoError_IsAnAnswer(string body) => Assert.Equal(body, Wire.Read<ChatCompletionResponse>(body).Raw);
}
