using System.Net.Http.Headers;
using System.Text;

namespace ChatPS.Client.Calls;

/// <summary>Forms with files in them (<c>multipart/form-data</c>), written so that servers of all kinds read them.</summary>
internal static class Upload
{
    /// <summary>Makes a form.</summary>
    /// <param name="fields">Its fields that are text.</param>
    /// <param name="files">Its files: the field, the name that the file goes by, and the file.</param>
    /// <returns>The body of a request, which can be sent again.</returns>
    public static MultipartFormDataContent Form(IEnumerable<KeyValuePair<string, string>> fields, params (string Field, string FileName, HttpContent Body)[] files)
    {
        string boundary = "chatps-" + Guid.NewGuid().ToString("N");
        MultipartFormDataContent form = new(boundary);

        // Quotes around it are allowed, and not understood by all.
        form.Headers.Remove("Content-Type");
        form.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=" + boundary);
        foreach (KeyValuePair<string, string> field in fields)
        {
            Add(form, new ByteArrayContent(Encoding.UTF8.GetBytes(field.Value)), new ContentDispositionHeaderValue("form-data") { Name = Quote(field.Key) });
        }

        foreach ((string field, string fileName, HttpContent body) in files)
        {
            // Not all know the form for names in other scripts.
            string plain = Quote(fileName);
            body.Headers.ContentType ??= new MediaTypeHeaderValue("application/octet-stream");
            Add(form, body, new ContentDispositionHeaderValue("form-data") { Name = Quote(field), FileName = plain, FileNameStar = plain.Trim('"') == fileName ? null : fileName });
        }

        return form;
    }

    private static void Add(MultipartFormDataContent form, HttpContent part, ContentDispositionHeaderValue place)
    {
        part.Headers.ContentDisposition = place;
        form.Add(part);
    }

    private static string Quote(string text) => $"\"{new string([.. text.Select(letter => letter is >= ' ' and <= '~' and not '"' and not '\\' ? letter : '_')])}\"";
}
