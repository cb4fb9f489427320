using System.Text.Json;
using ChatPS.Client.Checkpoints;

namespace ChatPS.Client.Batches;

/// <summary>What a request of a batch was made from, as the file of inputs keeps it: a line such as <c>{"n":1,"index":0,"input":"Riga"}</c>.</summary>
/// <param name="Number">The number of the request in the batch, from 1.</param>
/// <param name="Index">The place of the item in the pipeline, from 0.</param>
/// <param name="Input">The pipeline item, as JSON; null for nothing.</param>
internal sealed record BatchInput(int Number, int Index, string? Input)
{
    /// <summary>The messages that were asked, or the text, as JSON; null where the item tells it.</summary>
    public string? Messages { get; init; }

    /// <summary>Writes the line, with its end.</summary>
    /// <param name="target">Where to.</param>
    public void Write(Stream target)
    {
        using (Utf8JsonWriter writer = new(target, CheckpointLine.Options))
        {
            writer.WriteStartObject();
            writer.WriteNumber("n", Number);
            writer.WriteNumber("index", Index);
            if (Input is not null)
            {
                writer.WritePropertyName("input");
                writer.WriteRawValue(Input);
            }

            if (Messages is not null)
            {
                writer.WritePropertyName("messages");
                writer.WriteRawValue(Messages);
            }

            writer.WriteEndObject();
        }

        target.WriteByte((byte)'\n');
    }
}
