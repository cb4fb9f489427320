using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Media;

namespace ChatPS.Client.Images;

/// <summary>Pictures that a model makes within a chat: the prompt, and what is to be changed, are its only message.</summary>
internal static class ChatImages
{
    /// <summary>Makes the message.</summary>
    /// <param name="request">What to ask.</param>
    /// <returns>The message.</returns>
    public static ChatMessage Ask(ImageRequest request) => new() { Content = [ChatContent.FromText(request.Prompt), .. request.Images.Select(image => image.Content())] };

    /// <summary>Asks, and takes the pictures out of the answer.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="chat">The chat.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The pictures.</returns>
    /// <exception cref="ChatServiceException">There are none; it says what the model wrote instead.</exception>
    public static async Task<IReadOnlyList<ChatImage>> MakeAsync(ServiceConnection connection, ChatRequest chat, ImageRequest request, CallSettings settings, CancellationToken cancellationToken)
    {
        ChatCompletion answer = await connection.Chat.CompleteAsync(chat, settings, cancellationToken);
        List<ChatImage> images = [];
        foreach (ChatImage found in AnswerMedia.Of(answer).OfType<ChatImage>())
        {
            bool isFirst = images.Count == 0;
            images.Add(new ChatImage
            {
                Url = found.Url,
                Data = found.Data,
                MediaType = found.MediaType,
                Size = found.Size,
                Width = found.Width,
                Height = found.Height,
                Prompt = request.Prompt,
                RevisedPrompt = found.RevisedPrompt != request.Prompt ? found.RevisedPrompt : null,
                Model = answer.Model ?? chat.Model,
                Created = answer.Created,
                Usage = isFirst ? answer.Usage : null,
                Cost = isFirst ? answer.Cost : null,
                RequestId = answer.RequestId,
                Elapsed = answer.Elapsed,
                Connection = answer.Connection,
                Input = request.Input,
                Index = request.Index,
                Raw = isFirst ? ImageMapper.WithoutData(answer.Raw) : "",
            });
        }

        return images.Count > 0 ? images : throw new ChatServiceException(
            answer.FinishReason == "content_filter" ? ErrorIds.ContentFiltered : ErrorIds.BadResponse,
            answer.Text.Length > 0 ? $"The model answered without a picture: {Printable.Line(answer.Text, 200)}" : $"The model answered without a picture (it ended with {answer.FinishReason ?? "no reason"}).",
            "Ask for a picture in plain words, or name a model that makes them.")
        {
            RequestId = answer.RequestId,
        };
    }
}
