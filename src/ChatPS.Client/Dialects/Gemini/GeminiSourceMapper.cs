using System.Text;
using ChatPS.Api;
using ChatPS.Api.Gemini;
using ChatPS.Api.Wire;

namespace ChatPS.Client.Dialects.Gemini;

/// <summary>Reads what the service's own tools did for an answer, and what the answer rests on.</summary>
internal static class GeminiSourceMapper
{
    public static IReadOnlyList<ChatBuiltInCall> ToBuiltInCalls(GeminiCandidate candidate)
    {
        List<ChatBuiltInCall> calls = [.. ToCodeCalls(candidate.Content?.Parts ?? [])];
        if (candidate.GroundingMetadata is { } grounding && (grounding.WebSearchQueries is { Count: > 0 } || grounding.GroundingChunks is { Count: > 0 }))
        {
            calls.Add(new ChatBuiltInCall
            {
                Type = TypeOf(grounding),
                Input = grounding.WebSearchQueries is { Count: > 0 } queries ? string.Join("; ", queries) : null,
                Sources = [.. (grounding.GroundingChunks ?? []).Select(SourceOf).OfType<GeminiGroundingSource>().Select(source => new ChatCitation { Title = source.Title, Url = source.Uri })],
                Raw = Write(grounding),
            });
        }

        if (candidate.UrlContextMetadata is { UrlMetadata: { Count: > 0 } pages } read)
        {
            calls.Add(new ChatBuiltInCall
            {
                Type = "url_context",
                Input = string.Join("; ", pages.Select(page => page.RetrievedUrl)),
                Status = string.Join("; ", pages.Select(page => page.UrlRetrievalStatus).Distinct(StringComparer.Ordinal)),
                Sources = [.. pages.Select(page => new ChatCitation { Url = page.RetrievedUrl })],
                Raw = Write(read),
            });
        }

        return calls;
    }

    public static List<ChatCitation> ToCitations(GeminiCandidate candidate)
    {
        IReadOnlyList<GeminiPart> parts = candidate.Content?.Parts ?? [];
        List<ChatCitation> citations = [];
        IReadOnlyList<GeminiGroundingChunk> chunks = candidate.GroundingMetadata?.GroundingChunks ?? [];
        foreach (GeminiGroundingSupport support in candidate.GroundingMetadata?.GroundingSupports ?? [])
        {
            (int start, int end)? place = support.Segment is { } segment ? PlaceOf(parts, segment.PartIndex ?? 0, segment.StartIndex, segment.EndIndex) : null;
            foreach (int index in (support.GroundingChunkIndices ?? []).Where(index => index >= 0 && index < chunks.Count))
            {
                if (SourceOf(chunks[index]) is { } source)
                {
                    citations.Add(new ChatCitation { Title = source.Title, Url = source.Uri, StartIndex = place?.start, EndIndex = place?.end });
                }
            }
        }

        foreach (GeminiCitationSource source in candidate.CitationMetadata?.CitationSources ?? candidate.CitationMetadata?.Citations ?? [])
        {
            (int start, int end)? place = PlaceOf(parts, 0, source.StartIndex, source.EndIndex);
            citations.Add(new ChatCitation { Title = source.Title, Url = source.Uri, StartIndex = place?.start, EndIndex = place?.end });
        }

        return citations;
    }

    private static IEnumerable<ChatBuiltInCall> ToCodeCalls(IReadOnlyList<GeminiPart> parts)
    {
        for (int i = 0; i < parts.Count; i++)
        {
            if (parts[i].ExecutableCode is not { } code)
            {
                continue;
            }

            GeminiPart? answer = parts.Skip(i + 1).TakeWhile(part => part.ExecutableCode is null).FirstOrDefault(part => part.CodeExecutionResult is not null);
            GeminiCodeExecutionResult? result = answer?.CodeExecutionResult;
            bool hasFailed = result?.Outcome is not (null or "OUTCOME_OK");
            yield return new ChatBuiltInCall
            {
                Id = code.Id,
                Type = "code_execution",
                Name = code.Language?.ToLowerInvariant(),
                Input = code.Code,
                Output = hasFailed ? null : result?.Output,
                Error = hasFailed ? result!.Output ?? result.Outcome : null,
                Status = result?.Outcome,
                Raw = GeminiAnswerMapper.Write(answer is null ? [parts[i]] : [parts[i], answer]),
            };
        }
    }

    private static string TypeOf(GeminiGroundingMetadata grounding) => grounding.GroundingChunks is [{ } first, ..] ? TypeOf(first) : "google_search";

    private static string TypeOf(GeminiGroundingChunk chunk) => chunk switch
    {
        { RetrievedContext: not null } => "file_search",
        { Maps: not null } => "google_maps",
        _ => "google_search",
    };

    private static GeminiGroundingSource? SourceOf(GeminiGroundingChunk chunk) => chunk.Web ?? chunk.RetrievedContext ?? chunk.Maps;

    private static string Write(WireObject value)
    {
        ArraySegment<byte> json = WireJson.Write(value, GeminiJsonContext.Default);
        return Encoding.UTF8.GetString(json.Array!, json.Offset, json.Count);
    }

    // Gemini counts the bytes of one part, users the characters of the whole text.
    private static (int Start, int End)? PlaceOf(IReadOnlyList<GeminiPart> parts, int part, int? startByte, int? endByte)
    {
        if (endByte is not { } end || part < 0 || part >= parts.Count)
        {
            return null;
        }

        // Thoughts are no part of the text, and what is quoted stands behind them.
        int first = parts.Skip(part).TakeWhile(candidate => candidate.Thought == true || candidate.Text is null).Count() + part;
        if (first == parts.Count)
        {
            return null;
        }

        int before = parts.Take(first).Where(earlier => earlier.Thought != true).Sum(earlier => earlier.Text?.Length ?? 0);
        string text = parts[first].Text!;
        return (before + CharactersIn(text, startByte ?? 0), before + CharactersIn(text, end));
    }

    private static int CharactersIn(string text, int bytes)
    {
        int at = 0;
        while (at < text.Length && bytes > 0)
        {
            int length = char.IsHighSurrogate(text[at]) && at + 1 < text.Length ? 2 : 1;
            bytes -= length == 2 ? 4 : text[at] < 0x80 ? 1 : text[at] < 0x800 ? 2 : 3;
            at += length;
        }

        return at;
    }
}
