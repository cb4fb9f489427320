using System.Text;
using ChatPS.Client.Batches;

namespace ChatPS.Client.Tests.Batches;

/// <summary>The lines of OpenAI's batches.</summary>
public sealed class OpenAIBatchLineTests
{
    [Fact]
    public void Write_ARequest_IsOneLineOfJson()
    {
        using MemoryStream target = new();

        OpenAIBatches.Chats.Write(target, "a1", ChatBatchKind.Chat, "m", new ArraySegment<byte>(Encoding.UTF8.GetBytes("""x{"model":"m","messages":[]}x"""), 1, 27));

        Assert.Equal("""{"custom_id":"a1","method":"POST","url":"/v1/chat/completions","body":{"model":"m","messages":[]}}""" + "\n", Encoding.UTF8.GetString(target.ToArray()));
    }

    [Theory]
    [InlineData(ChatBatchKind.Chat, "/v1/chat/completions")]
    [InlineData(ChatBatchKind.Response, "/v1/responses")]
    [InlineData(ChatBatchKind.TextCompletion, "/v1/completions")]
    [InlineData(ChatBatchKind.Embedding, "/v1/embeddings")]
    [InlineData(ChatBatchKind.Moderation, "/v1/moderations")]
    public void Write_OfEachKind_NamesItsEndpoint(ChatBatchKind kind, string url)
    {
        using MemoryStream target = new();

        OpenAIBatches.Chats.Write(target, "a1", kind, "m", new ArraySegment<byte>("{}"u8.ToArray()));

        Assert.Contains($"\"url\":\"{url}\"", Encoding.UTF8.GetString(target.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Answer_IsAsItWouldHaveComeLive()
    {
        BatchResult? result = Read("""{"id":"batch_req_1","custom_id":"a1","response":{"status_code":200,"request_id":"r1","body":{"object":"chat.completion","choices":[]}},"error":null}""");

        Assert.Equal(new BatchResult("a1", """{"object":"chat.completion","choices":[]}""", 200) { RequestId = "r1" }, result);
    }

    [Fact]
    public void Read_Refusal_HasItsStatusAndItsError()
    {
        BatchResult? result = Read("""{"id":"batch_req_2","custom_id":"a2","response":{"status_code":400,"request_id":"r2","body":{"error":{"message":"bad"}}},"error":null}""");

        Assert.Equal(new BatchResult("a2", """{"error":{"message":"bad"}}""", 400) { RequestId = "r2" }, result);
    }

    [Theory]
    [InlineData("batch_expired", ChatBatchStatus.Expired)]
    [InlineData("batch_cancelled", ChatBatchStatus.Cancelled)]
    [InlineData("batch_canceled", ChatBatchStatus.Cancelled)]
    [InlineData("BatchExpired", ChatBatchStatus.Expired)]
    public void Read_WhatWasNotRun_SaysWhy(string code, ChatBatchStatus notRun)
    {
        BatchResult? result = Read($$$"""{"id":"batch_req_3","custom_id":"a3","response":null,"error":{"code":"{{{code}}}","message":"…"}}""");

        Assert.Equal(new BatchResult("a3", null, 0) { NotRun = notRun, Code = code }, result);
    }

    [Theory]
    [InlineData("""{"custom_id":"a","response":null,"error":{"code":"server_error","message":"oh"}}""", """{"error":{"code":"server_error","message":"oh"}}""", 0, "server_error")]
    [InlineData("""{"custom_id":"a","response":{"status_code":"500","body":null},"error":{"message":"oh"}}""", """{"error":{"message":"oh"}}""", 500, null)]
    [InlineData("""{"custom_id":"a","error":"oh"}""", """{"error":"oh"}""", 0, null)]
    [InlineData("""{"custom_id":"a","response":{"body":{"id":"c"}}}""", """{"id":"c"}""", 200, null)]
    [InlineData("""{"custom_id":"a","response":{"body":{"error":{"message":"oh"}}}}""", """{"error":{"message":"oh"}}""", 0, null)]
    [InlineData("""{"custom_id":"a","response":{"status_code":200,"body":"{\"id\":\"c\"}"}}""", """{"id":"c"}""", 200, null)]
    [InlineData("""{"custom_id":"a","response":{"status_code":503,"body":null},"error":null}""", null, 503, null)]
    public void Read_OtherShapes_AreUnderstood(string line, string? body, int status, string? code)
    {
        BatchResult? result = Read(line);

        Assert.Equal(new BatchResult("a", body, status) { Code = code }, result);
    }

    [Theory]
    [InlineData("""{"custom_id":"a","response":null,"error":null}""")]
    [InlineData("""{"custom_id":"a","response":{"status_code":200,"body":null},"error":null}""")]
    [InlineData("""{"custom_id":"a","response":{"status_code":200,"bo""")]
    [InlineData("""{"custom_id":"a","response":{"body":{}}}{"custom_id":"b","response":{"body":{}}}""")]
    [InlineData("""{"response":{"status_code":200,"body":{}}}""")]
    [InlineData("")]
    public void Read_WhatTellsNothing_IsNull(string line) => Assert.Null(Read(line));

    [Fact]
    public void Read_ALineWithAChangedByte_NeverThrows()
    {
        byte[] line = Encoding.UTF8.GetBytes("""{"id":"batch_req_1","custom_id":"a1","response":{"status_code":200,"request_id":"r1","body":{"text":"Grüße \ud83d\ude00"}},"error":{"code":"x","message":"y"}}""");
        byte[] changed = [.. line];
        for (int at = 0; at < line.Length; at++)
        {
            for (int value = 0; value < 256; value++)
            {
                changed[at] = (byte)value;
                string? id = OpenAIBatches.Chats.ReadId(changed);
                Assert.True(OpenAIBatches.Chats.Read(changed) is not { } result || result.Id == id);
            }

            changed[at] = line[at];
        }
    }

    [Fact]
    public void ReadId_WithoutTheRestOfTheLine_IsEnough()
    {
        Assert.Equal("a1", OpenAIBatches.Chats.ReadId("""{"id":{"custom_id":"no"},"custom_id":"a1","response":{"damag"""u8));
        Assert.Null(OpenAIBatches.Chats.ReadId("""{"id":"x","response":{"custom_id":"no"}}"""u8));
    }

    private static BatchResult? Read(string line) => OpenAIBatches.Chats.Read(Encoding.UTF8.GetBytes(line));
}
