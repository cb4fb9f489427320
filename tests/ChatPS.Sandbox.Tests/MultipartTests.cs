using System.Text;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Requests;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Sandbox.Tests;

public sealed class MultipartTests
{
    private const string Type = "multipart/form-data; boundary=x";

    // What a parser stumbles over.
    private static readonly string[] Pieces = ["--x", "--x--", "\r\n", "\r\n--x", "\r\n--x--", "\r", "\n", "-", "--", "a", "ü", "\0", ":", ";", "\"", "="];

    [Fact]
    public void Form_OfDotNet_IsReadBack()
    {
        Gen<Sent[]> forms = SentPart().NonEmptyListOf().Select(static sent => sent.ToArray()).Resize(8);

        Prop.ForAll(forms.ToArbitrary(), sent =>
        {
            (string type, byte[] body) = Write(sent);
            IReadOnlyList<FormPart> read = Form.Read(type, body).Parts;
            return read.Count == sent.Length && read.Zip(sent).All(static pair => Equals(pair.First, pair.Second));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void Form_DamagedAnywhere_IsReadOrRefused()
    {
        Gen<(string Type, byte[] Body)> damaged =
            from sent in SentPart().ArrayOf().Resize(4)
            let form = Write(sent)
            from at in Gen.Choose(0, form.Body.Length)
            from removed in Gen.Choose(0, 20)
            from added in Gen.Elements(Pieces)
            select (form.Type, (byte[])[.. form.Body[..at], .. Encoding.UTF8.GetBytes(added), .. form.Body[Math.Min(at + removed, form.Body.Length)..]]);

        Prop.ForAll(damaged.ToArbitrary(), static form => IsReadOrRefused(form.Type, form.Body)).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Fact]
    public void Form_OfAnyPieces_IsReadOrRefused()
    {
        Gen<byte[]> bodies =
            from pieces in Gen.Elements([.. Pieces, "--x\r\n", "\r\n\r\n", "Content-Disposition: form-data; name=a", "filename*=utf-8''%zz"]).ArrayOf()
            select Encoding.UTF8.GetBytes(string.Concat(pieces));

        Prop.ForAll(bodies.ToArbitrary(), static body => IsReadOrRefused(Type, body)).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Theory]
    [InlineData("--x--", "")]
    [InlineData("--x--\r\nwhat follows is not looked at", "")]
    [InlineData("--x\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--x--", "a=1")]
    [InlineData("--x\r\ncontent-disposition: FORM-DATA;name=\"a b\"\r\n\r\n\r\n--x--", "a b=")]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"a;\\\"b\"\r\n\r\n1\r\n--x--", "a;\"b=1")]
    [InlineData("--x\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n--xy\r\n--x\r\nContent-Disposition: form-data; name=b\r\n\r\n2\r\n--x--", "a=\r\n--xy&b=2")]
    [InlineData("--x\r\nContent-Type: text/plain\r\nContent-Disposition: form-data; name=ü\r\n\r\nü\r\n--x--", "ü=ü")]
    public void Form_ThatIsWellFormed_IsRead(string body, string fields)
    {
        Form form = Form.Read(Type, Encoding.UTF8.GetBytes(body));

        Assert.Equal(fields, string.Join("&", form.Parts.Select(part => $"{part.Name}={part.Text()}")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("--y\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--y--")]
    [InlineData("before\r\n--x--")]
    [InlineData("--x")]
    [InlineData("--x\r\n")]
    [InlineData("--x\r\n\r\n\r\n--x--")]
    [InlineData("--x\r\nContent-Disposition: form-data; name=a\r\n\r\n1")]
    [InlineData("--x\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--x")]
    [InlineData("--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--")]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--x--")]
    [InlineData("--x\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n--x--")]
    [InlineData("--x\r\nContent-Disposition\r\n\r\n1\r\n--x--")]
    public void Form_ThatIsDamaged_IsRefused(string body)
    {
        ApiException refusal = Assert.Throws<ApiException>(() => Form.Read(Type, Encoding.UTF8.GetBytes(body)));

        Assert.Equal(400, refusal.Error.StatusCode);
        Assert.StartsWith("We could not parse the multipart body of your request: ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Form_WithTooManyParts_IsRefused()
    {
        string part = "--x\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n";

        Assert.Equal(1000, Form.Read(Type, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(part, 1000)) + "--x--")).Parts.Count);
        Assert.Throws<ApiException>(() => Form.Read(Type, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(part, 1001)) + "--x--")));
    }

    [Fact]
    public void Field_ThatIsNoText_IsRefusedByName()
    {
        byte[] body = [.. "--x\r\nContent-Disposition: form-data; name=a\r\n\r\n"u8, 0xFF, .. "\r\n--x--"u8];

        ApiException refusal = Assert.Throws<ApiException>(() => Form.Read(Type, body).Text("a"));

        Assert.Equal("a", refusal.Error.Param);
    }

    private static bool IsReadOrRefused(string type, byte[] body)
    {
        try
        {
            Form.Read(type, body);
            return true;
        }
        catch (ApiException e)
        {
            return e.Error.StatusCode is 400;
        }
    }

    private static bool Equals(FormPart read, Sent sent) =>
        read.Name == sent.Name && read.FileName == sent.FileName && read.ContentType == sent.ContentType && read.Content.AsSpan().SequenceEqual(sent.Content);

    private static (string Type, byte[] Body) Write(Sent[] parts)
    {
        using MultipartFormDataContent form = new("x");
        foreach (Sent part in parts)
        {
            ByteArrayContent content = new(part.Content);
            if (part.ContentType is not null)
            {
                content.Headers.TryAddWithoutValidation("Content-Type", part.ContentType);
            }

            if (part.FileName is null)
            {
                form.Add(content, part.Name);
            }
            else
            {
                form.Add(content, part.Name, part.FileName);
            }
        }

        return (form.Headers.ContentType!.ToString(), form.ReadAsByteArrayAsync().GetAwaiter().GetResult());
    }

    private static Gen<Sent> SentPart() =>
        from name in Gen.Elements("model", "image[]", "a b", "file", "x;y", "a=b")
        from fileName in Gen.Elements(null, "a.png", "b c.wav", "Grüße.txt", "好👋.mp3", "a;b=c.txt", "100%.txt", "it's.txt")
        from type in Gen.Elements(null, "text/plain; charset=utf-8", "audio/wav")
        from content in Gen.OneOf(Gen.Choose(0, 255).Select(static b => (byte)b).ArrayOf(), TextLikeABoundary())
        select new Sent(name, fileName, type, content);

    private static Gen<byte[]> TextLikeABoundary() =>
        from pieces in Gen.Elements([.. Pieces, "\r\n--xy", "\r\n--x "]).ArrayOf()
        let text = string.Concat(pieces)
        where !HoldsItsBoundary(text + "\r\n")
        select Encoding.UTF8.GetBytes(text);

    private static bool HoldsItsBoundary(string text) => text.Contains("\r\n--x\r\n", StringComparison.Ordinal) || text.Contains("\r\n--x--", StringComparison.Ordinal);

    private sealed record Sent(string Name, string? FileName, string? ContentType, byte[] Content);
}
