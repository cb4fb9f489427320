using System.Globalization;
using System.Text.Json;
using ChatPS.Api.Chat;
using ChatPS.Api.Errors;
using ChatPS.Api.Models;
using ChatPS.Api.Moderations;
using ChatPS.Api.Text;
using ChatPS.Api.Wire;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Api.Tests;

/// <summary>Properties that hold for whatever a service answers.</summary>
public sealed class AnyJsonTests
{
    private static readonly string[] KnownNames =
    [
        "id", "object", "created", "model", "choices", "usage", "data", "error", "code", "message", "msg", "delta", "content", "index",
        "finish_reason", "logprobs", "tool_calls", "function", "arguments", "results", "flagged", "categories", "category_scores",
        "prompt_tokens", "prompt_tokens_details", "metadata", "moderation", "detail", "header", "response", "type", "text", "audio", "expires_at",
    ];

    private static readonly Gen<string> Texts = Gen.OneOf(
        ArbMap.Default.GeneratorFor<string>().Select(text => JsonEncodedText.Encode(Whole(text ?? "")).ToString()),
        Gen.Elements("", "text", "7", "NaN", "\\ud83d", "a\\udc00b", "\\ud83d\\ude00", "\\u0000", "😀", "2024-01-01"));

    private static readonly Gen<string> Names = Gen.Frequency((4, Gen.Elements(KnownNames)), (1, Texts));

    private static readonly Gen<string> Scalars = Gen.OneOf(
        Gen.Elements("null", "true", "false", "0", "-1", "1.5", "1e300", "1e999", "-0", "12345678901234567890"),
        ArbMap.Default.GeneratorFor<int>().Select(number => number.ToString(CultureInfo.InvariantCulture)),
        Texts.Select(Quote));

    private static readonly Arbitrary<string> Objects = Arb.From(Gen.Sized(size => ObjectOf(Math.Min(size, 20))));

    private static readonly Arbitrary<string> Values = Arb.From(Gen.Sized(size => ValueOf(Math.Min(size, 20))));

    [Fact]
    public void Read_AnyObject_IsAnAnswerOrAWireFormatException() => Check.One(Config, Prop.ForAll(Objects, json =>
    {
        AssertReads<ChatCompletionResponse>(json);
        AssertReads<ChatCompletionChunk>(json);
        AssertReads<CompletionResponse>(json);
        AssertReads<ModerationResponse>(json);
        AssertReads<ModelList>(json);
        AssertReads<Model>(json);
        AssertReads<ModelDeletion>(json);
    }));

    [Fact]
    public void Read_AnyTextAtAll_IsAnAnswerOrAWireFormatException() => Check.One(Config, Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        AssertReads<ChatCompletionResponse>(text ?? "")));

    [Fact]
    public void Read_UnknownMembers_Survive() => Check.One(Config, Prop.ForAll(Values, value =>
    {
        var answer = Wire.Read<ChatCompletionResponse>($$$"""{"id":"x","x_vendor":{{{value}}},"choices":[{"x_vendor":{{{value}}},"message":{"content":"a","x_vendor":{{{value}}}}}]}""");

        var kept = new WireObject[] { answer, answer.Choices![0], answer.Choices[0].Message! };
        return kept.All(level => string.Equals(level.AdditionalProperties!["x_vendor"].GetRawText(), value, StringComparison.Ordinal));
    }));

    [Fact]
    public void TryParse_AnyBody_NeverThrowsAndNeverGivesAnEmptyMessage() => Check.One(Config, Prop.ForAll(Values, body =>
    {
        using var document = JsonDocument.Parse(body);
        _ = ApiError.IsErrorPayload(document.RootElement);
        return !ApiError.TryParse(body, out var error) || error.Message.Length > 0;
    }));

    [Fact]
    public void TryParse_AnyText_NeverThrowsAndNeverGivesAnEmptyMessage() => Check.One(Config, Prop.ForAll(
        Arb.From(Gen.OneOf(Texts, Texts.Select(text => "<p>" + text), Texts.Select(text => "<title>" + text + "</title"), Gen.Elements("<", "<!--", "<script", "<title", "<title>"))),
        text => !ApiError.TryParse(text, out var error) || error.Message.Length > 0));

    private static Config Config => FsCheck.Config.QuickThrowOnFailure.WithMaxTest(500);

    private static void AssertReads<T>(string json)
    {
        try
        {
            Assert.NotNull(Wire.Read<T>(json));
        }
        catch (WireFormatException exception)
        {
            Assert.Equal(json, exception.Body);
            Assert.NotEmpty(exception.Message);
        }
    }

    private static Gen<string> ValueOf(int size) => size <= 0
        ? Scalars
        : Gen.Frequency((2, Scalars), (1, ArrayOf(size)), (2, ObjectOf(size)));

    private static Gen<string> ArrayOf(int size) =>
        from count in Gen.Choose(0, 3)
        from items in Gen.ListOf(ValueOf(size / 2), count)
        select "[" + string.Join(",", items) + "]";

    private static Gen<string> ObjectOf(int size) =>
        from count in Gen.Choose(0, 5)
        from members in Gen.ListOf(Gen.Zip(Names, ValueOf(size / 2)), count)
        select "{" + string.Join(",", members.Select(member => Quote(member.Item1) + ":" + member.Item2)) + "}";

    private static string Quote(string escaped) => "\"" + escaped + "\"";

    private static string Whole(string text) => string.Concat(text.EnumerateRunes());
}
