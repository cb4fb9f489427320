using System.Globalization;
using System.Text.Json;
using ChatPS.Api.Errors;
using ChatPS.Api.Models;
using ChatPS.Api.Resources;
using ChatPS.Api.Wire;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;

namespace ChatPS.Client.Resources;

/// <summary>What stands by itself in OpenAI's description: one call for one thing.</summary>
public static class SingleCalls
{
    extension(ResourceService service)
    {
        /// <summary>Makes a conversation short.</summary>
        /// <param name="responseId">The response that it ends with.</param>
        /// <param name="model">The model; null for the connection's.</param>
        /// <param name="instructions">What to look at; null for the service's own.</param>
        /// <param name="input">The pipeline item.</param>
        /// <param name="settings">What the call does otherwise.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>What stands for the conversation.</returns>
        /// <exception cref="ChatServiceException">The call failed.</exception>
        public Task<ChatCompaction> CompactAsync(string responseId, string? model, string? instructions, object? input, CallSettings settings, CancellationToken cancellationToken)
        {
            service.Require("responses that can be made short", new ResourcePlace("", ""));
            string asked = service.Connection.ModelFor(model);
            Dictionary<string, object?> fields = new(StringComparer.Ordinal) { ["model"] = asked, ["previous_response_id"] = responseId };
            if (instructions is not null)
            {
                fields["instructions"] = instructions;
            }

            return service.Connection.SendAsync(
                settings,
                (call, token) => service.Connection.Client<IResponseCompactionApi>(ResourcesJsonContext.Default).CompactAsync(ResourceService.Body(fields, settings), call, token),
                (answer, call) => Compaction(answer, new ResourceReader(answer.Root, new ResourcePlace("", "") { Input = input }, call), asked),
                cancellationToken,
                asked);
        }

        /// <summary>Looks for signs that a file was made by a model.</summary>
        /// <param name="file">The file.</param>
        /// <param name="path">Its path, as it is told.</param>
        /// <param name="input">The pipeline item.</param>
        /// <param name="settings">What the call does otherwise.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>What was looked for, and whether it was found.</returns>
        /// <exception cref="ChatServiceException">The call failed.</exception>
        public Task<IReadOnlyList<ChatProvenance>> CheckProvenanceAsync(LocalFile file, string path, object? input, CallSettings settings, CancellationToken cancellationToken)
        {
            service.Require("checks of provenance", new ResourcePlace("", ""));
            return service.Connection.SendAsync<ResourceAnswer, IReadOnlyList<ChatProvenance>>(
                settings,
                async (call, token) =>
                {
                    using HttpContent form = Upload.Form([], ("file", file.Name, file.Body(settings.Watch)));
                    return await service.Connection.Client<IProvenanceApi>(ResourcesJsonContext.Default).CheckAsync(form, call, token);
                },
                (answer, call) =>
                {
                    JsonElement results = answer.Root.ArrayOf("results") ?? throw new WireFormatException("The answer tells of no check.", answer.Raw);
                    return [.. results.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).Select(item => Provenance(new ResourceReader(item, new ResourcePlace("", "") { Input = input }, call), path))];
                },
                cancellationToken);
        }

        /// <summary>Deletes a model that was trained for this account.</summary>
        /// <param name="id">Its id.</param>
        /// <param name="settings">What the call does otherwise.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>When it is deleted.</returns>
        /// <exception cref="ChatServiceException">There is none, or it was not deleted.</exception>
        public Task DeleteModelAsync(string id, CallSettings settings, CancellationToken cancellationToken)
        {
            service.Require("models that can be deleted", new ResourcePlace("", id));
            return service.Connection.SendAsync(
                settings,
                (call, token) => service.Connection.Client<IModelsApi>(ModelsJsonContext.Default).DeleteAsync(id, call, token),
                (deletion, _) => deletion.Deleted == false ? throw new WireFormatException($"The service did not delete '{id}'.", deletion.Raw) : id,
                cancellationToken);
        }
    }

    private static ChatCompaction Compaction(ResourceAnswer answer, ResourceReader seen, string model)
    {
        if (answer.Root.ArrayOf("output") is null)
        {
            throw new WireFormatException("The answer holds no items.", answer.Raw);
        }

        long? input = seen.Number("usage.input_tokens");
        long? output = seen.Number("usage.output_tokens");
        if (input is not null || output is not null)
        {
            seen.Call.Succeed(model, new ChatUsage { InputTokens = (int)(input ?? 0), OutputTokens = (int)(output ?? 0), TotalTokens = (int)((input ?? 0) + (output ?? 0)) });
        }

        // What the service wrote in its own code is text that no key stands in.
        return new ChatCompaction
        {
            Id = seen.Text("id") ?? "",
            Item = [.. answer.Root.ArrayOf("output")!.Value.EnumerateArray().Select(PlainJsonReader.From)],
            InputTokens = input,
            OutputTokens = output,
            CreatedAt = seen.Time("created_at"),
            Connection = seen.Connection,
            Input = seen.Place.Input,
            Raw = seen.Raw,
        };
    }

    private static ChatProvenance Provenance(ResourceReader seen, string path) => new()
    {
        Type = seen.Text("type") ?? "",
        Outcome = seen.Text("outcome") ?? "",
        IsDetected = seen.Text("outcome") == "detected",
        ValidationState = seen.Text("validation_state"),
        Issuer = seen.Text("issuer"),
        Model = seen.Text("model"),
        GeneratedAt = DateTimeOffset.TryParse(seen.Text("generated_at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time) ? time : null,
        Path = path,
        Connection = seen.Connection,
        Input = seen.Place.Input,
        Raw = seen.Raw,
    };
}
