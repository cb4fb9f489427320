using System.Text.Json;
using ChatPS.Api;
using ChatPS.Api.Generations;
using ChatPS.Api.Wire;
using ChatPS.Client.Calls;
using ChatPS.Client.Images;

namespace ChatPS.Client.Generations;

/// <summary>Makes a form of a body, for services that take pictures as files.</summary>
internal static class PictureUpload
{
    /// <summary>Makes a form.</summary>
    /// <param name="body">The body.</param>
    /// <param name="more">Fields besides.</param>
    /// <param name="files">The pictures, each with its field.</param>
    /// <param name="call">The call.</param>
    /// <returns>The form, whose files are read as they are sent.</returns>
    public static HttpContent Of(GenerationBody body, IEnumerable<KeyValuePair<string, string>> more, IEnumerable<(string Field, ImageFile File)> files, CallContext call)
    {
        using JsonDocument fields = JsonDocument.Parse(WireJson.Write(body, GenerationsJsonContext.Default));
        return Upload.Form(
            [.. fields.RootElement.EnumerateObject().Select(member => new KeyValuePair<string, string>(member.Name, JsonText.Read(member.Value) ?? "")), .. more],
            [.. files.Select(file => (file.Field, file.File.FormName, file.File.Body(call.Settings.Watch)))]);
    }
}
