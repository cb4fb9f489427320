using System.Management.Automation;
using ChatPS.Conversion;
using ChatPS.Typed;

namespace ChatPS.Questions;

/// <summary>Makes what users work with of a decision: the answers as properties, on the decision itself or on a copy of the item.</summary>
/// <param name="questions">The questions.</param>
/// <param name="all">Whether each possible answer has a column.</param>
/// <param name="merge">Whether the item leaves, with the answers added.</param>
internal sealed class DecisionRow(IReadOnlyList<ChatQuestion> questions, bool all, bool merge)
{
    /// <summary>Makes the object. Called on the pipeline's thread: properties of items may be scripts.</summary>
    /// <param name="decision">The answers.</param>
    /// <returns>The object.</returns>
    public PSObject Make(ChatDecision decision)
    {
        PSObject row = merge ? MergedRow.Of(decision.Input) : PSObject.AsPSObject(decision);
        for (int place = 0; place < questions.Count; place++)
        {
            foreach (KeyValuePair<string, object?> column in QuestionColumns.Of(questions[place], decision.Answers[place], all))
            {
                MergedRow.Set(row, column.Key, column.Value);
            }
        }

        if (merge)
        {
            MergedRow.Set(row, QuestionColumns.Unsure, decision.Unsure);
            row.Members.Add(new PSMemberSet(TypedOutput.MemberSet, [new PSNoteProperty("Decision", decision)]));
        }

        return row;
    }
}
