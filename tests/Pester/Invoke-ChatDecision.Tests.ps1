BeforeAll {
    . $PSScriptRoot/common.ps1
    $three = 'refund: is a refund wanted?', 'team: which team (billing|technical|sales)', 'urgency: how urgent 1..5'
}

AfterAll {
    Clear-Test
}

Describe 'Invoke-ChatDecision' {
    BeforeEach {
        Connect-TestSandbox
    }

    It 'gives an object an item, with a property for each question' {
        $decisions = 'a refund, by billing!', 'hello' | Invoke-ChatDecision $three
        $decisions | Should -BeOfType ChatPS.ChatDecision
        $decisions.Input | Should -BeExactly 'a refund, by billing!', 'hello'
        $decisions.Index | Should -Be 0, 1
        $first = $decisions[0]
        $first.refund | Should -BeOfType bool
        $first.refund | Should -BeTrue
        $first.refundProbability | Should -BeGreaterThan 0.5
        $first.team | Should -BeExactly 'billing'
        $first.teamConfidence | Should -BeGreaterThan 0.5
        $first.urgency | Should -BeOfType double
        $first.urgency | Should -BeGreaterOrEqual 1
        $first.urgency | Should -BeLessOrEqual 5
        $first.Answers.Name | Should -BeExactly 'refund', 'team', 'urgency'
        $first.Method | Should -Be Native
        $first.Usage.InputTokens | Should -BeGreaterThan 0
        @(Get-TestRequest).Count | Should -Be 2
    }

    It 'takes lines, hashtables and questions in any mixture' {
        $questions = 'refund: money back?', @{ name = 'team'; instructions = 'which team'; choices = [ordered]@{ billing = 'refunds'; sales = $null } }, (New-ChatQuestion anger 'how angry' -Level calm, furious), [pscustomobject]@{ Name = 'mood'; Text = 'mood'; Minimum = 0; Maximum = 2 }
        $decision = 'hello' | Invoke-ChatDecision $questions
        $decision.Answers.Name | Should -BeExactly 'refund', 'team', 'anger', 'mood'
        Get-TestMember 'questions' | Should -BeLike '*"choices":?{"value":"billing","description":"refunds"},{"value":"sales"}?*{"label":"calm"},{"label":"furious"}*'
        $decision.angerLevel | Should -BeIn 'calm', 'furious'
        $decision.PSObject.Properties.Name | Should -Not -Contain moodLevel
    }

    It 'keeps questions that came through a job' {
        $copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize(@(
            New-ChatQuestion paid 'has it been paid?' -Choice $true, 'no' -Threshold 0.9
            New-ChatQuestion anger 'how angry' -Level ([ordered]@{ calm = 'no threats'; furious = '' }) -Minimum 1
        )))
        $null = 'hello' | Invoke-ChatDecision $copy
        $sent = Get-TestMember 'questions'
        $sent | Should -BeLike '*{"value":true},{"value":"no"}*'
        $sent | Should -BeLike '*{"label":"calm","description":"no threats"},{"label":"furious"}*'
    }

    It 'takes the rows of a CSV file, whose blank cells say nothing' {
        $questions = 'Name,Text,Yes,Minimum,Maximum,Threshold', 'refund,is money wanted back?,,,,', 'urgency,how urgent,,1,5, ', ',is it rude?,an insult,,,0.8' | ConvertFrom-Csv
        $decision = 'hello' | Invoke-ChatDecision $questions
        $decision.Answers.Name | Should -BeExactly 'refund', 'urgency', 'answer3'
        $decision.Answers.Type | Should -Be 'Predicate', 'Score', 'Predicate'
    }

    It 'warns once of a question that may not be what its writer meant' {
        $null = 'a', 'b' | Invoke-ChatDecision 'u: how urgent 1-5', 'my name: is it so?', 'refund: money back?' -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings.Count | Should -Be 2
        $warnings[0].Message | Should -BeLike '*how urgent 1-5*yes or no*1..5*'
        $warnings[1].Message | Should -BeLike "*'answer2'*'my name' is no name*"
    }

    It 'shows the first five answers, and how likely yes is' {
        $decision = 'hello' | Invoke-ChatDecision (1..12 | ForEach-Object { "q${_}: is it so?" })
        foreach ($screen in ($decision | Out-String -Width 80), ($decision | Format-List | Out-String -Width 80)) {
            $screen | Should -BeLike '*q5: False*7 more*'
            $screen | Should -Not -BeLike '*q6*'
        }

        $screen | Should -BeLike '*q1: False, p(yes) = 0.20*'
    }

    It 'names a question that has no name' {
        ('hello' | Invoke-ChatDecision 'is it spam?').answer | Should -BeOfType bool
        ('hello' | Invoke-ChatDecision 'refund: money back?', 'is it spam?').answer2 | Should -BeOfType bool
    }

    It 'sends <What> as it is' -ForEach @(
        @{ What = 'text'; Item = { 'hello' }; Sent = '"hello"' }
        @{ What = 'an object'; Item = { [pscustomobject]@{ Id = 1; Tags = @('a') } }; Sent = '*"input_json","data":{"Id":1,"Tags":?"a"?}*' }
        @{ What = 'a hashtable'; Item = { @{ Id = 1 } }; Sent = '*"input_json","data":{"Id":1}*' }
        @{ What = 'a number'; Item = { 0 }; Sent = '"0"' }
        @{ What = 'a file of text'; Item = { Set-Content (Join-Path $TestDrive note.txt) 'all is well' -Encoding utf8; Get-Item (Join-Path $TestDrive note.txt) }; Sent = '*all is well*' }
        @{ What = 'a picture'; Item = { New-TestFile (Join-Path $TestDrive a.png) png }; Sent = '*"input_image","image_url":"data:image/png;base64,*' }
    ) {
        & $Item | Invoke-ChatDecision 'q: is it so?' | Should -Not -BeNullOrEmpty
        Get-TestMember 'input' | Should -BeLike "*$Sent"
    }

    It 'takes conversations: answers, sessions and -Message' {
        $answer = Invoke-ChatCompletion 'Say hi'
        $null = $answer | Invoke-ChatDecision 'q: is it polite?'
        Get-TestMember 'input' | Should -BeLike '*"user"*Say hi*"assistant"*You said: Say hi*'
        $session = New-ChatSession 'Be brief.'
        $null = Invoke-ChatCompletion -Session $session 'Say hi'
        $null = $session | Invoke-ChatDecision 'q: is it polite?'
        Get-TestMember 'input' | Should -BeLike '*Be brief.*Say hi*'
        $null = Invoke-ChatDecision 'q: is it polite?' -Message $session
        Get-TestMember 'input' | Should -BeLike '*Be brief.*Say hi*'
        $null = Invoke-ChatDecision 'q: is it polite?' -Message (New-ChatMessage 'one'), @{ role = 'assistant'; content = 'two' }
        Get-TestMember 'input' | Should -BeLike '*one*"assistant"*two*'
    }

    It 'puts pictures beside each item, or takes them alone' {
        $image = (New-TestFile (Join-Path $TestDrive a.png) png).FullName
        $null = 'a cat?' | Invoke-ChatDecision 'q: is it one?' -Image $image
        Get-TestMember 'input' | Should -BeLike '*a cat?*input_image*'
        $null = [pscustomobject]@{ Id = 7 } | Invoke-ChatDecision 'q: is it one?' -Image $image
        Get-TestMember 'input' | Should -BeLike '*7*input_image*'
        $null = Invoke-ChatDecision 'q: the same?' -Image $image, $image
        Get-TestMember 'input' | Should -BeLike '*input_image*input_image*'
    }

    It 'takes a part of each item with -Property' {
        $null = [pscustomobject]@{ Id = 1; Body = 'the body' } | Invoke-ChatDecision 'q: so?' -Property Body
        Get-TestMember 'input' | Should -BeLike '*"the body"*'
        $null = [pscustomobject]@{ Id = 1; Body = 'the body' } | Invoke-ChatDecision 'q: so?' -Property { "$($_.Id): $($_.Body)" }
        Get-TestMember 'input' | Should -BeLike '*"1: the body"*'
    }

    It 'makes an error of an item that cannot be decided about, and goes on' {
        $decisions = 'a', '', $null, ' ', (New-ChatMessage hi), (Get-ChatModel sandbox-mini), (Get-Item $TestDrive), (New-ChatSession 'Be brief.'), 'b' | Invoke-ChatDecision 'q: so?' -ErrorVariable failures -ErrorAction SilentlyContinue
        $decisions.Input | Should -BeExactly 'a', 'b'
        $decisions.Index | Should -Be 0, 8
        @($failures).Count | Should -Be 7
        $failures.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
        $failures[4].Exception.Message | Should -BeLike '*model*'
        $failures[5].Exception.Message | Should -BeLike '*folder*'
        $failures[6].Exception.Message | Should -BeLike '*no message*'
        @(Get-TestRequest | Where-Object Path -Like '*/decisions').Count | Should -Be 2
    }

    It 'refuses <What> before anything is sent' -ForEach @(
        @{ What = 'one option'; Script = { 'a' | Invoke-ChatDecision @{ Name = 'q'; Text = 't'; Choices = @('x') } }; Said = '*1 option;*' }
        @{ What = 'options that came to nothing'; Script = { 'a' | Invoke-ChatDecision @{ Name = 'q'; Text = 't'; Choices = $null } }; Said = '*0 options*' }
        @{ What = 'two questions of one name'; Script = { 'a' | Invoke-ChatDecision 'q: a?', 'Q: b?' }; Said = "*-Question?1?*'Q'*" }
        @{ What = 'a name that is taken'; Script = { 'a' | Invoke-ChatDecision 'model: which?' }; Said = "*'model'*already*" }
        @{ What = 'two that share a property'; Script = { 'a' | Invoke-ChatDecision 'q: a?', 'qConfidence: b?' }; Said = '*another question*' }
        @{ What = 'a member that there is not'; Script = { 'a' | Invoke-ChatDecision @{ Name = 'q'; Text = 't'; Chioces = 'a', 'b' } }; Said = "*'Chioces'*" }
        @{ What = 'an empty question'; Script = { 'a' | Invoke-ChatDecision 'q:' }; Said = '*asks nothing*' }
        @{ What = 'a number'; Script = { 'a' | Invoke-ChatDecision 7 }; Said = '*Int32*' }
        @{ What = 'a threshold below a half'; Script = { 'a' | Invoke-ChatDecision 'q: t' -Threshold 0.3 }; Said = '*-Threshold is 0.3*' }
        @{ What = 'a threshold that is no number'; Script = { 'a' | Invoke-ChatDecision 'q: t' -Threshold high }; Said = "*'high'*" }
        @{ What = 'a threshold for nobody'; Script = { 'a' | Invoke-ChatDecision 'q: t' -Threshold @{ p = 0.9 } }; Said = "*'p'*" }
        @{ What = 'a threshold in per cent'; Script = { 'a' | Invoke-ChatDecision 'q: t' -Threshold 90 }; Said = '*-Threshold is 90*mean 0.9?*' }
        @{ What = 'a threshold with a comma'; Script = { 'a' | Invoke-ChatDecision 'q: t' -Threshold '0,9' }; Said = "*'0,9'*such as 0.9*" }
        @{ What = 'a level with a comma'; Script = { 'a' | Invoke-ChatDecision @{ Name = 'q'; Text = 't'; Minimum = '1,5'; Maximum = 20 } }; Said = "*'1,5'*whole number*" }
        @{ What = 'a threshold with a sign'; Script = { 'a' | Invoke-ChatDecision 'q: t' -Threshold @{ q = '90%' } }; Said = "*'90%'*such as 0.9*" }
        @{ What = 'a name that PowerShell keeps'; Script = { 'a' | Invoke-ChatDecision 'PSBase: x?' -Merge }; Said = "*'PSBase'*" }
        @{ What = 'the name of what a row has besides'; Script = { 'a' | Invoke-ChatDecision 'ChatPS: x?' -Merge }; Said = "*'ChatPS'*cannot be a column*" }
        @{ What = 'an empty line'; Script = { 'a' | Invoke-ChatDecision 'q: x?', '' }; Said = '*-Question?1? is empty*' }
        @{ What = 'a scale that is too long'; Script = { 'a' | Invoke-ChatDecision 'u: how urgent 1..300' }; Said = "*'u'*1..300*2 to 255*" }
        @{ What = 'more levels than the form takes, once'; Script = { 'a', 'b', 'c' | Invoke-ChatDecision 'u: how urgent 0..10' }; Said = "*'u'*11 levels*at most 10*-Form Chat*" }
        @{ What = 'more options than the form that is named takes, once'; Script = { 'a', 'b', 'c' | Invoke-ChatDecision @{ Name = 'q'; Text = 't'; Choices = 1..27 } -Form SGLang }; Said = "*'q'*27 options*SGLang*at most 26*" }
        @{ What = 'a fallback at another connection'; Script = { 'a' | Invoke-ChatDecision 'q: t' -FallbackModel "$((Get-ChatConnection).Name)/m" }; Said = "*-FallbackModel is '*/m'*is a connection*such as 'm'*" }
        @{ What = '-UnsureVariable with a dollar sign'; Script = { 'a' | Invoke-ChatDecision 'q: t' -Threshold 0.9 -UnsureVariable '$u' }; Said = '*dollar*' }
        @{ What = '-UnsureVariable in a job'; Script = { 'a' | Invoke-ChatDecision 'q: t' -Threshold 0.9 -UnsureVariable u -AsJob }; Said = '*-AsJob*' }
        @{ What = '-Message beside items'; Script = { 'a' | Invoke-ChatDecision 'q: t' -Message 'b' }; Said = '*-Message*' }
        @{ What = 'nothing at all'; Script = { Invoke-ChatDecision 'q: t' }; Said = '*nothing to decide about*' }
        @{ What = 'a form that there is not'; Script = { 'a' | Invoke-ChatDecision 'q: t' -Form Acme }; Said = "*'Acme'*" }
        @{ What = '-FallbackOn alone'; Script = { 'a' | Invoke-ChatDecision 'q: t' -FallbackOn Failure }; Said = '*-FallbackModel*' }
    ) {
        $failure = @(Get-Failure $Script)
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
        "$($failure[0].Exception.Message) $($failure[0].ErrorDetails.RecommendedAction)" | Should -BeLike $Said
        @(Get-TestRequest).Count | Should -Be 0
    }
}

Describe 'Merging' {
    BeforeEach {
        Connect-TestSandbox
    }

    It 'adds the answers to a copy of the row' {
        $row = [pscustomobject]@{ Id = 1; Body = 'a refund, by billing'; Team = 'old' }
        $merged = $row | Invoke-ChatDecision $three -Merge
        $merged.PSObject.Properties.Name | Should -BeExactly 'Id', 'Body', 'Team', 'refund', 'refundProbability', 'refundConfidence', 'teamProbability', 'teamConfidence', 'urgency', 'urgencyProbability', 'urgencyConfidence', 'Unsure'
        $merged.Team | Should -BeExactly 'billing'
        $merged.Unsure | Should -BeFalse
        $merged.ChatPS.Decision | Should -BeOfType ChatPS.ChatDecision
        $row.Team | Should -BeExactly 'old'
        ('hello' | Invoke-ChatDecision 'model: which model?' -Merge).Input | Should -BeExactly 'hello'
    }

    It 'has the same columns for each row, whatever the answer' {
        $csv = 'a refund', '[refuse]' | Invoke-ChatDecision $three -Merge -AllProbability | ConvertTo-Csv
        $csv | ForEach-Object { ($_ -split ',').Count } | Select-Object -Unique | Should -Be 19
        $csv[0] | Should -BeLike '*"teamProbability.billing","teamProbability.technical","teamProbability.sales"*"urgencyProbability.1"*'
        $csv[2] | Should -BeLike '*"True"'
    }

    It 'tells how likely each possible answer is with -AllProbability' {
        $decision = 'for billing' | Invoke-ChatDecision 'team: which team (billing|sales)' -AllProbability
        $decision.'teamProbability.billing' | Should -Be $decision.teamProbability
        $decision.'teamProbability.billing' + $decision.'teamProbability.sales' | Should -BeGreaterThan 0.99
    }
}

Describe 'What is unsure' {
    BeforeAll {
        # The sandbox gives a no of 0.8 to what it knows nothing of.
        $question = 'refund: is a refund wanted?'
    }

    BeforeEach {
        Connect-TestSandbox
    }

    It 'stays in the output, and says so' {
        $decisions = 'a refund', 'hello', '[refuse]' | Invoke-ChatDecision $question -Threshold 0.85
        $decisions.Unsure | Should -Be $false, $true, $true
        $decisions[1].refund | Should -BeFalse
        $decisions[2].refund | Should -BeNullOrEmpty
        $decisions[2].Answers[0].Missing | Should -BeExactly 'Refused'
    }

    It 'is only what is missing where there is no threshold' {
        ('hello', '[refuse]' | Invoke-ChatDecision $question).Unsure | Should -Be $false, $true
    }

    It 'goes to the variable instead, in order' {
        $sure = 'hello', 'a refund', 'good day' | Invoke-ChatDecision $question -Threshold 0.85 -UnsureVariable unsure
        $sure.Input | Should -BeExactly 'a refund'
        , $unsure | Should -BeOfType Collections.ArrayList
        $unsure.Input | Should -BeExactly 'hello', 'good day'
        $unsure.refundProbability | Should -Be 0.2, 0.2
        $null = 'a refund' | Invoke-ChatDecision $question -Threshold 0.85 -UnsureVariable unsure
        $unsure.Count | Should -Be 0
    }

    It 'may be collected without a threshold: what is missing is unsure' {
        $sure = 'hello', '[refuse]' | Invoke-ChatDecision $question -UnsureVariable unsure
        $sure.Input | Should -BeExactly 'hello'
        $unsure.Input | Should -BeExactly '[refuse]'
    }

    It 'goes to a variable of any plain name: <_>' -ForEach 'unsure', "Gr$([char] 0xF6)sse_2", 'script:unsure', 'global:ChatPSUnsure', 'local:unsure', 'private:unsure', '+global:ChatPSUnsure' {
        $null = 'hello' | Invoke-ChatDecision $question -Threshold 0.85 -UnsureVariable $_
        @(Get-Variable ($_ -replace '^.*[+:]') -ValueOnly).Input | Should -BeExactly 'hello'
        Remove-Variable ChatPSUnsure -Scope Global -ErrorAction Ignore
    }

    It 'has no place in <_>, which is told before anything is sent' -ForEach @(
        'null', 'true', 'env:UVX', '+env:PATH', 'function:fx', 'using:x', 'variable:x', 'PWD', '_', 'input', 'args', 'PSItem', '1', '?', 'error', 'HOME', 'Host', 'global:PID'
        'PSDefaultParameterValues', 'global:ErrorActionPreference', 'LASTEXITCODE', '$u', ' ', '+', 'a b', 'a:b:c', "x`n"
    ) {
        $name = $_
        $failure = @(Get-Failure { 'hello' | Invoke-ChatDecision $question -Threshold 0.85 -UnsureVariable $name })
        $failure.Count | Should -Be 1
        $failure[0].Exception.Message | Should -BeLike "-UnsureVariable is '$([WildcardPattern]::Escape($name))'*"
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
        $failure[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'has no place in a variable that cannot hold a list, which keeps what it has' {
        Set-Variable kept 1 -Option ReadOnly
        [string] $typed = 'before'
        foreach ($name in 'kept', 'typed') {
            $failure = try { 'hello' | Invoke-ChatDecision $question -Threshold 0.85 -UnsureVariable $name } catch { $_ }
            $failure.Exception.Message | Should -BeLike "-UnsureVariable is '$name'*cannot be set to a list*"
        }

        $kept | Should -Be 1
        $typed | Should -BeExactly 'before'
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'is added to what the variable holds with a plus' {
        $unsure = 'before'
        $null = 'hello' | Invoke-ChatDecision $question -Threshold 0.85 -UnsureVariable +unsure
        $null = 'good day' | Invoke-ChatDecision $question -Threshold 0.85 -UnsureVariable +unsure
        $unsure[0] | Should -BeExactly 'before'
        $unsure[1, 2].Input | Should -BeExactly 'hello', 'good day'
    }

    It 'goes both ways with -PassUnsure' {
        $all = 'hello', 'a refund' | Invoke-ChatDecision $question -Threshold 0.85 -UnsureVariable unsure -PassUnsure
        $all.Input | Should -BeExactly 'hello', 'a refund'
        $unsure.Input | Should -BeExactly 'hello'
    }

    It 'is a merged row where rows are emitted' {
        $null = [pscustomobject]@{ Id = 9; Body = 'hello' } | Invoke-ChatDecision $question -Property Body -Threshold 0.85 -UnsureVariable unsure -Merge
        $unsure[0].Id | Should -Be 9
        $unsure[0].Unsure | Should -BeTrue
    }

    It 'belongs to the scope of the caller' {
        function Invoke-Inner {
            $null = 'hello' | Invoke-ChatDecision $question -Threshold 0.85 -UnsureVariable inner
            $inner.Count
        }

        Invoke-Inner | Should -Be 1
        Get-Variable inner -ErrorAction Ignore | Should -BeNullOrEmpty
        $module = New-Module { function Invoke-Module { $null = 'hello' | Invoke-ChatDecision 'refund: is a refund wanted?' -Threshold 0.85 -UnsureVariable deep; @($deep).Count } }
        & $module { Invoke-Module } | Should -Be 1
    }

    It 'is held to the threshold of each question' {
        $decision = 'hello' | Invoke-ChatDecision $question, 'spam: is it spam?', @{ Name = 'rude'; Text = 'is it rude?'; Threshold = 0.5 } -Threshold @{ refund = 0.85; rude = 1 }
        $decision.Answers.Unsure | Should -Be $true, $false, $false
        ('hello' | Invoke-ChatDecision $question, @{ Name = 'rude'; Text = 'is it rude?'; Threshold = 0.5 } -Threshold 0.85).Answers.Unsure | Should -Be $true, $false
    }

    It 'cannot be told where a chat model tells no probabilities: a threshold is refused before anything is sent' {
        Connect-TestSandbox @{} @{ Dialect = 'Anthropic' }
        $failure = @(Get-Failure { 'a', 'b' | Invoke-ChatDecision $question -Threshold 0.9 })
        $failure.Count | Should -Be 1
        $failure[0].Exception.Message | Should -BeLike "-Threshold was given, but connection '*model '*how likely*"
        (Get-Failure { 'a' | Invoke-ChatDecision (New-ChatQuestion refund 'refund?' -Threshold 0.9) }).Exception.Message | Should -BeLike "'refund' has a threshold, but connection*"
        @(Get-TestRequest).Count | Should -Be 0
        $decision = 'a refund' | Invoke-ChatDecision $question
        $decision.Method | Should -Be Structured
        $decision.refund | Should -BeOfType bool
        $decision.refundProbability | Should -BeNullOrEmpty
    }

    It 'is never what nobody told the probability of' {
        Connect-TestSandbox @{ Response = @{ Path = '*/decisions'; Response = @{ model = 'm'; answers = @(@{ type = 'choice'; name = 'team'; choice = 'a' }) } } }
        $decision = 'hello' | Invoke-ChatDecision 'team: which (a|b)' -AllProbability
        $decision.team | Should -BeExactly 'a'
        $decision.teamProbability | Should -BeNullOrEmpty
        $out = 'hello' | Invoke-ChatDecision 'team: which (a|b)' -Threshold 0.5 -UnsureVariable unsure -ErrorVariable failure -ErrorAction SilentlyContinue
        $out | Should -BeNullOrEmpty
        $unsure.Count | Should -Be 0
        $failure[0].Exception.Message | Should -BeLike "*'team' has a threshold*"
        $failure[0].TargetObject | Should -BeExactly 'hello'
    }
}

Describe 'A run of decisions' {
    BeforeEach {
        Connect-TestSandbox
    }

    It 'goes on with a checkpoint, however the questions are written and whatever the threshold' {
        $file = Join-Path $TestDrive 'decisions.jsonl'
        $first = 'a', 'b' | Invoke-ChatDecision 'team: which team (billing|sales)' -CheckpointPath $file
        $again = 'a', 'b', 'c' | Invoke-ChatDecision (New-ChatQuestion team 'which team' -Choice billing, sales -Threshold 0.9) -CheckpointPath $file -Threshold 0.6
        @(Get-TestRequest).Count | Should -Be 3
        $again.team[0..1] | Should -BeExactly $first.team
        $again.Input | Should -BeExactly 'a', 'b', 'c'
        $again.Unsure | Should -Be $true, $true, $true
        $failure = Get-Failure { 'a' | Invoke-ChatDecision 'team: which team (billing|technical)' -CheckpointPath $file }
        $failure.Exception.Message | Should -BeLike '*Question*'
    }

    It 'keeps within a budget' {
        $failure = @(Get-Failure { 1..20 | ForEach-Object { "item $_" } | Invoke-ChatDecision 'q: is it so?' -MaxTotalToken 60 -ThrottleLimit 1 })
        $failure[-1].FullyQualifiedErrorId | Should -BeLike 'BudgetExceeded*'
        @(Get-TestRequest).Count | Should -BeLessThan 20
    }

    It 'turns to another model where one fails' {
        $decision = 'a' | Invoke-ChatDecision 'q: is it so?' -Model missing-model -FallbackModel sandbox-large
        $decision.FallbackFrom | Should -BeExactly 'missing-model'
        $decision.Model | Should -BeExactly 'sandbox-large'
    }

    It 'tells what it costs, and by -WhatIf what it would' {
        $prices = @{ 'sandbox-*' = @{ Input = 1000; Output = 0 } }
        $decision = 'hello' | Invoke-ChatDecision 'q: is it so?' -PriceTable $prices
        $decision.Cost | Should -Be ($decision.Usage.InputTokens / 1000)
        $said = Invoke-Child { param($Module) Import-Module $Module; Connect-ChatService http://127.0.0.1:9/v1 -Model m; 1..3 | ForEach-Object { "t$_" } | Invoke-ChatDecision 'q: is it so?' -WhatIf -PriceTable @{ m = @{ Input = 1000; Output = 0 } } } $ModulePath
        "$said" | Should -BeLike '*Decide, by connection*tokens in, about 0.*In all: about * tokens in, about 0.*3 items*'
    }

    It 'runs side by side, and in a job' {
        $decisions = 1..20 | ForEach-Object { "item $_" } | Invoke-ChatDecision 'q: is it so?' -ThrottleLimit 10
        $decisions.Index | Should -Be (0..19)
        $fromJob = 'a refund', 'hello' | Invoke-ChatDecision 'refund: is a refund wanted?' -Threshold 0.85 -AsJob | Receive-EndedJob
        $fromJob.refund | Should -Be $true, $false
        $fromJob.Unsure | Should -Be $false, $true
    }

    It 'hands on what the service can be told' {
        $null = 'a' | Invoke-ChatDecision 'q: is it so?' -PromptCacheKey triage -SafetyIdentifier user-7 -AdditionalBody @{ prompt_cache_options = @{ mode = 'implicit' } }
        Get-TestMember prompt_cache_key | Should -BeExactly '"triage"'
        Get-TestMember safety_identifier | Should -BeExactly '"user-7"'
        Get-TestMember prompt_cache_options.mode | Should -BeExactly '"implicit"'
    }

    It 'completes the forms' {
        $line = 'Invoke-ChatDecision q -Form S'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Sort-Object | Should -BeExactly 'SGLang', 'SystemOne'
    }
}
