using System.Text.Json;

namespace ChatPS.Sandbox.Json;

/// <summary>Writes vectors.</summary>
internal static class VectorJson
{
    /// <summary>Writes a vector as numbers, or as base64 of 32-bit numbers, the least significant byte first.</summary>
    public static void Write(Utf8JsonWriter json, float[] vector, bool isBase64 = false)
    {
        if (isBase64)
        {
            byte[] bytes = new byte[vector.Length * sizeof(float)];
            Buffer.BlockCopy(vector, 0, bytes, 0, bytes.Length);
            json.WriteBase64StringValue(bytes);
            return;
        }

        json.WriteStartArray();
        foreach (float number in vector)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
