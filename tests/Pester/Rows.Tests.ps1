BeforeAll {
    . $PSScriptRoot/common.ps1

    $rows = @(
        [pscustomobject]@{ Id = 1; Title = 'Printer'; Body = 'It burns.' }
        [pscustomobject]@{ Id = 2; Title = 'Mouse'; Body = $null }
        [pscustomobject]@{ Id = 3; Title = 'Screen' }
        [pscustomobject]@{ Id = 4; Title = 'Desk'; Body = '' }
        [pscustomobject]@{ Id = 5; Title = 'Chair'; Body = 'You idiot.' }
    )

    function Get-TestPrompt {
        @(Get-TestRequest | ForEach-Object { ($_.Body | ConvertFrom-Json).messages[-1].content })
    }

    # A block of a document that stands below a heading.
    function Get-DocumentBlock([string] $Path, [string] $Heading) {
        $text = [IO.File]::ReadAllText((Join-Path $RepositoryRoot $Path))
        $null = $text -match "(?s)## $Heading\r?\n.*?``````powershell\r?\n(.*?)``````"
        $Matches[1]
    }
}

AfterAll {
    Clear-Test
}

Describe '-Property' {
    BeforeEach {
        Connect-TestSandbox
    }

    It 'takes the text out of a row, which stays in Input' {
        $answer = $rows[0] | Invoke-ChatCompletion 'Summarise' -Property Body
        Get-TestPrompt | Should -BeExactly "Summarise`n`nIt burns."
        $answer.Input | Should -Be $rows[0]
    }

    It 'is the prompt where there is no other' {
        $null = $rows[0] | Invoke-ChatCompletion -Property Body
        Get-TestPrompt | Should -BeExactly 'It burns.'
    }

    It 'goes with a prompt that each row brings' {
        $null = $rows[0] | Invoke-ChatCompletion -Prompt { "On $($_.Title):" } -Property Body
        $null = [pscustomobject]@{ Prompt = 'Own.'; Body = 'text' } | Invoke-ChatCompletion -Property Body
        Get-TestPrompt | Should -BeExactly "On Printer:`n`nIt burns.", "Own.`n`ntext"
    }

    It 'takes <What>' -ForEach @(
        @{ What = 'a script block'; Property = { "$($_.Id): $($_.Body)" }; Text = '1: It burns.' }
        @{ What = 'a script block that gives several texts'; Property = { $_.Title; $_.Body }; Text = "Printer`nIt burns." }
        @{ What = 'a number'; Property = 'Id'; Text = '1' }
        @{ What = 'a name in another case'; Property = 'BODY'; Text = 'It burns.' }
        @{ What = 'an object'; Property = { @{ a = $_.Id } }; Text = '{"a":1}' }
        @{ What = 'a time'; Property = { [datetime]::new(2026, 11, 5, 0, 0, 0, [DateTimeKind]::Utc) }; Text = '2026-11-05T00:00:00.0000000Z' }
    ) {
        $null = $rows[0] | Invoke-ChatCompletion 'About' -Property $Property
        (Get-ChatSandboxRequest -Name Test -Last 1).Body.Contains((ConvertTo-Json "About`n`n$Text")) | Should -BeTrue
    }

    It 'takes members of hashtables and rows of databases' {
        $table = [Data.DataTable]::new()
        $null = $table.Columns.Add('Body')
        $null = @{ Body = 'of a table' }, $table.Rows.Add('of a database') | Invoke-ChatCompletion 'About' -Property Body -ThrottleLimit 1
        Get-TestPrompt | Should -BeExactly "About`n`nof a table", "About`n`nof a database"
    }

    It 'attaches a file that a script block gives' {
        $file = Join-Path $TestDrive 'note.txt'
        [IO.File]::WriteAllText($file, 'noted')
        $null = [pscustomobject]@{ Path = $file } | Invoke-ChatCompletion 'About' -Property { Get-Item $_.Path }
        Get-TestPrompt | Should -BeExactly "About`n`nFile note.txt:`nnoted"
    }

    It 'puts the texts together with -Aggregate' {
        $null = $rows[0, 4] | Invoke-ChatCompletion 'Compare' -Property Body -Aggregate
        Get-TestPrompt | Should -BeExactly "Compare`n`nIt burns.`n`nYou idiot."
    }

    It 'that a row has not is that row''s error with its Index, and later rows keep theirs: <Command>' -ForEach @(
        @{ Command = 'Invoke-ChatCompletion'; Parameters = @{ Prompt = 'About' } }
        @{ Command = 'Test-ChatModeration'; Parameters = @{} }
        @{ Command = 'Test-ChatModeration'; Parameters = @{ Merge = $true } }
        @{ Command = 'Measure-ChatToken'; Parameters = @{ Prompt = 'About' } }
        @{ Command = 'Invoke-ChatRerank'; Parameters = @{ Query = 'burns'; Model = 'sandbox-mini' } }
    ) {
        if ($Command -eq 'Measure-ChatToken') {
            Connect-TestSandbox @{} @{ Dialect = 'Responses' }
        }

        $failures = $null
        $output = $rows | & $Command -Property Body @Parameters -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.Count | Should -Be 3
        $failures.Exception.Index | Should -Be 1, 2, 3
        $failures.TargetObject.Id | Should -Be 2, 3, 4
        $failures.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        $failures[0].Exception.Message | Should -BeLike "*'Body'*null*"
        $failures[1].Exception.Message | Should -BeLike "*no property 'Body'*"
        $failures[2].Exception.Message | Should -BeLike "*'Body'*empty*"
        if ($Parameters.Merge) {
            $output.Id | Should -Be 1, 5
        }
        else {
            $output | Sort-Object Index | ForEach-Object Index | Should -Be 0, 4
            ($output | Sort-Object Index).Input.Id | Should -Be 1, 5
        }
    }

    It 'is the row''s error where the script block fails or gives nothing' {
        $failures = $null
        $answers = 1, 0, 2 | Invoke-ChatCompletion 'About' -Property { if ($_ -eq 2) { return }; "$(6 / $_)" } -ErrorVariable failures -ErrorAction SilentlyContinue
        $answers.Index | Should -Be 0
        @($failures | Where-Object { $_.Exception -is [ChatPS.ChatServiceException] }).Exception.Index | Should -Be 1, 2
    }

    It 'is refused before anything is sent where it is <What>' -ForEach @(
        @{ What = 'a list'; Property = @('Title', 'Body') }
        @{ What = 'a number'; Property = 7 }
    ) {
        $failure = @(Get-Failure { $rows | Invoke-ChatCompletion 'About' -Property $Property })
        $failure.Count | Should -Be 1
        $failure[0].Exception.Message | Should -BeLike '-Property*'
        Get-TestRequest | Should -BeNullOrEmpty
    }

    It 'is completed from <What>' -ForEach @(
        @{ What = 'a variable'; Line = '$completionRows | Invoke-ChatCompletion -Property Ti'; Expected = 'Title' }
        @{ What = 'a CSV file'; Line = 'Import-Csv "{0}" | Test-ChatModeration -Property Au'; Expected = 'Author' }
    ) {
        $global:completionRows = $rows
        $file = Join-Path $TestDrive 'complete.csv'
        Set-Content $file 'Author,Comment', 'ann,hi'
        $text = $Line -replace '\{0\}', $file
        (TabExpansion2 $text $text.Length).CompletionMatches.CompletionText | Should -Be $Expected
        Remove-Variable completionRows -Scope Global
    }
}

Describe 'Test-ChatModeration -Merge' {
    BeforeAll {
        Connect-TestSandbox
    }

    It 'gives the row back with the verdict' {
        $merged = $rows[0, 4] | Test-ChatModeration -Property Body -Merge
        $merged.Id | Should -Be 1, 5
        $merged.Title | Should -Be 'Printer', 'Chair'
        $merged.Flagged | Should -Be $false, $true
        $merged[1].Categories | Should -BeExactly 'harassment'
        $merged[1].Score | Should -BeGreaterThan 0.5
        $rows[4].psobject.Properties.Name | Should -Not -Contain 'Flagged' -Because 'the row itself stays as it is'
    }

    It 'makes a CSV file of a CSV file, without types in it' {
        $csv = 'Id,Comment', '1,Well done!', '2,I will kill you.' | ConvertFrom-Csv | Test-ChatModeration -Property Comment -Merge | ConvertTo-Csv -NoTypeInformation
        $csv[0] | Should -BeExactly '"Id","Comment","Flagged","Categories","Score"'
        $csv[2] | Should -BeLike '"2","I will kill you.","True","violence","0*"'
    }

    It 'makes a row of a text and of a hashtable' {
        ('Well done!' | Test-ChatModeration -Merge).Input | Should -BeExactly 'Well done!'
        (@{ Text = 'Well done!'; Id = 7 } | Test-ChatModeration -Property Text -Merge).Id | Should -Be 7
    }

    It 'keeps order over many requests, as a job, and with a checkpoint' {
        $many = 1..70 | ForEach-Object { [pscustomobject]@{ Id = $_; Text = if ($_ % 7) { "text $_" } else { "kill $_" } } }
        $path = Join-Path $TestDrive 'merge.jsonl'
        foreach ($merged in ($many | Test-ChatModeration -Property Text -Merge -CheckpointPath $path), ($many | Test-ChatModeration -Property Text -Merge -CheckpointPath $path), ($many | Test-ChatModeration -Property Text -Merge -AsJob | Receive-EndedJob)) {
            $merged.Id | Should -Be (1..70)
            ($merged | Where-Object Flagged).Id | Should -Be (1..10 | ForEach-Object { $_ * 7 })
        }
    }

    It 'does not go with -Quiet' {
        @(Get-Failure { 'a' | Test-ChatModeration -Merge -Quiet }).Exception.Message | Should -BeLike '*-Merge and -Quiet*'
    }
}

Describe '-FromRow' {
    BeforeEach {
        Connect-TestSandbox
        $null = Start-ChatSandbox -Name Other -Response 'From the other.'
        Connect-ChatService -Sandbox -Name Other -Model sandbox-mini
        $null = Connect-TestSandbox
        $choice = [pscustomobject]@{ Model = 'sandbox-large'; Connection = 'Other'; Prompt = 'a' }, [pscustomobject]@{ Model = ''; Connection = $null; Prompt = 'b' }
    }

    AfterEach {
        Disconnect-ChatService Other
        Stop-ChatSandbox Other
    }

    It 'is needed for columns to choose' {
        $answers = $choice | Invoke-ChatCompletion
        $answers.Connection | Should -Be 'Test', 'Test'
        $answers.RequestedModel | Should -Be 'sandbox-mini', 'sandbox-mini'
    }

    It 'takes model and connection of each row; an empty cell leaves it to the command' {
        $answers = $choice | Invoke-ChatCompletion -FromRow Model, Connection -Model sandbox-mini
        $answers.Connection | Should -Be 'Other', 'Test'
        $answers.RequestedModel | Should -Be 'sandbox-large', 'sandbox-mini'
    }

    It 'takes what it names only' {
        $answers = $choice | Invoke-ChatCompletion -FromRow Model
        $answers.Connection | Should -Be 'Test', 'Test'
        $answers.RequestedModel | Should -Be 'sandbox-large', 'sandbox-mini'
    }

    It 'that a row has not, or that does not exist, is that row''s error' {
        $failures = $null
        $answers = [pscustomobject]@{ Prompt = 'a' }, [pscustomobject]@{ Prompt = 'b'; Connection = 'Nowhere' }, [pscustomobject]@{ Prompt = 'c'; Connection = 'Test' } |
            Invoke-ChatCompletion -FromRow Connection -ErrorVariable failures -ErrorAction SilentlyContinue
        $answers.Index | Should -Be 2
        $failures.Exception.Index | Should -Be 0, 1
        $failures[0].Exception.Message | Should -BeLike "*no 'Connection'*"
        $failures[1].Exception.Message | Should -BeLike '*Nowhere*'
    }
}

Describe 'Several models' {
    BeforeEach {
        Connect-TestSandbox
    }

    It 'are asked each, item by item, in the order given' {
        $answers = 'one', 'two' | Invoke-ChatCompletion -Model sandbox-large, sandbox-mini
        $answers.Input | Should -Be 'one', 'one', 'two', 'two'
        $answers.Index | Should -Be 0, 0, 1, 1
        $answers.RequestedModel | Should -Be 'sandbox-large', 'sandbox-mini', 'sandbox-large', 'sandbox-mini'
        $answers | Group-Object RequestedModel | ForEach-Object Count | Should -Be 2, 2
        @(Get-TestRequest).Count | Should -Be 4
    }

    It 'have RequestedModel where one is asked, too' {
        (Invoke-ChatCompletion 'one').RequestedModel | Should -Be 'sandbox-mini'
        (Invoke-ChatCompletion 'one' -Model sandbox-large).RequestedModel | Should -Be 'sandbox-large'
        (Invoke-ChatCompletion 'one' -Model missing-model -FallbackModel sandbox-large).RequestedModel | Should -Be 'missing-model'
    }

    It 'may fail one by one' {
        $failures = $null
        $answers = 'one', 'two' | Invoke-ChatCompletion -Model sandbox-mini, missing-model -ErrorVariable failures -ErrorAction SilentlyContinue
        $answers.Input | Should -Be 'one', 'two'
        $failures.Count | Should -Be 2
        $failures.FullyQualifiedErrorId | Should -BeLike 'ModelNotFound,*'
    }

    It 'may be of several connections' {
        $null = Start-ChatSandbox -Name Other -Response 'From the other.'
        Connect-ChatService -Sandbox -Name Other -Model sandbox-mini
        Connect-TestSandbox
        $answers = Invoke-ChatCompletion 'one' -Model Test/sandbox-mini, Other/sandbox-large
        $answers.Connection | Should -Be 'Test', 'Other'
        $answers.RequestedModel | Should -Be 'sandbox-mini', 'sandbox-large'
        Disconnect-ChatService Other
        Stop-ChatSandbox Other
    }

    It 'go with -Merge, which names the model in each row' {
        Connect-TestSandbox @{ Response = '{"team":"it"}' }
        $merged = $rows[0] | Invoke-ChatCompletion 'Classify' -OutputSchema 'team' -Merge -Model sandbox-mini, sandbox-large
        $merged.RequestedModel | Should -Be 'sandbox-mini', 'sandbox-large'
        $merged.Id | Should -Be 1, 1
    }

    It 'go with a checkpoint, a job, a budget and -WhatIf' {
        $path = Join-Path $TestDrive 'models.jsonl'
        $null = 'one', 'two' | Invoke-ChatCompletion -Model sandbox-mini, sandbox-large -CheckpointPath $path
        $again = 'one', 'two' | Invoke-ChatCompletion -Model sandbox-mini, sandbox-large -CheckpointPath $path
        @(Get-TestRequest).Count | Should -Be 4 -Because 'the second run takes its answers from the file'
        $again.RequestedModel | Should -Be 'sandbox-mini', 'sandbox-large', 'sandbox-mini', 'sandbox-large'
        @(Get-Failure { 'one' | Invoke-ChatCompletion -Model sandbox-mini -CheckpointPath $path }).Exception.Message | Should -BeLike '*Model*'

        ('one' | Invoke-ChatCompletion -Model sandbox-mini, sandbox-large -AsJob | Receive-EndedJob).RequestedModel | Should -Be 'sandbox-mini', 'sandbox-large'
        $prices = @{ 'sandbox-mini' = @{ Input = 1; Output = 1 }; 'sandbox-large' = @{ Input = 10; Output = 10 } }
        $costs = 'one' | Invoke-ChatCompletion -Model sandbox-mini, sandbox-large -PriceTable $prices -MaxCost 1 | ForEach-Object Cost
        $costs[1] | Should -Be ($costs[0] * 10)
        $before = @(Get-TestRequest).Count
        'one' | Invoke-ChatCompletion -Model sandbox-mini, sandbox-large -WhatIf | Should -BeNullOrEmpty
        @(Get-TestRequest).Count | Should -Be $before
    }

    It 'are asked by Invoke-ChatTextCompletion as well' {
        ('one' | Invoke-ChatTextCompletion -Model sandbox-instruct, sandbox-mini).RequestedModel | Should -Be 'sandbox-instruct', 'sandbox-mini'
    }

    It 'do not go with -<Parameter>' -ForEach @(
        @{ Parameter = 'Stream'; Value = $true }
        @{ Parameter = 'Show'; Value = $true }
        @{ Parameter = 'FallbackModel'; Value = 'sandbox-large' }
        @{ Parameter = 'ConversationId'; Value = 'conv_1' }
        @{ Parameter = 'FromRow'; Value = 'Model' }
        @{ Parameter = 'AudioPath'; Value = 'a.wav' }
    ) {
        $given = @{ $Parameter = $Value }
        $failure = @(Get-Failure { Invoke-ChatCompletion 'one' -Model sandbox-mini, sandbox-large @given })
        $failure.Count | Should -Be 1
        $failure[0].Exception.Message | Should -BeLike "*several models*-$Parameter*"
        Get-TestRequest | Should -BeNullOrEmpty
    }

    It 'do not go with -Session, nor twice the same' {
        @(Get-Failure { Invoke-ChatCompletion 'one' -Model sandbox-mini, sandbox-large -Session (New-ChatSession) }).Exception.Message | Should -BeLike '*-Session*'
        @(Get-Failure { Invoke-ChatCompletion 'one' -Model sandbox-mini, sandbox-mini }).Exception.Message | Should -BeLike "*'sandbox-mini' twice*"
        Get-TestRequest | Should -BeNullOrEmpty
    }
}

Describe 'The recipes for rows' {
    BeforeEach {
        Stop-ChatSandbox
        Disconnect-ChatService *
        Connect-ChatService -Sandbox
        Push-Location $TestDrive
    }

    AfterEach {
        Pop-Location
    }

    It 'split a CSV file by moderation, keeping its columns, in ten lines' {
        $code = Get-DocumentBlock docs/about/about_ChatPS_Rows.md 'COMMENTS SPLIT BY MODERATION'
        @($code -split '\n' | Where-Object { $_.Trim() }).Count | Should -BeLessOrEqual 10
        & ([scriptblock]::Create($code))
        $good = @(Import-Csv comments-False.csv)
        $bad = @(Import-Csv comments-True.csv)
        $good.Author | Should -Be 'ann', 'cy'
        $bad.Author | Should -Be 'bob'
        $bad[0].psobject.Properties.Name | Should -Be 'Id', 'Author', 'Comment', 'Flagged', 'Categories', 'Score'
    }

    It 'compare two models in a table with cost, in ten lines' {
        $code = Get-DocumentBlock docs/about/about_ChatPS_Rows.md 'TWO MODELS SIDE BY SIDE'
        @($code -split '\n' | Where-Object { $_.Trim() }).Count | Should -BeLessOrEqual 10
        $output = & ([scriptblock]::Create($code))
        $text = $output | Out-String -Width 80
        $text | Should -Match 'Input\s+RequestedModel\s+Cost\s+Text'
        $sums = @($output | Where-Object { $_.psobject.Properties['Answers'] })
        $sums.Model | Sort-Object | Should -Be 'sandbox-large', 'sandbox-mini'
        $sums.Answers | Should -Be 2, 2
        ($sums | Where-Object Model -EQ 'sandbox-large').Cost | Should -BeGreaterThan ($sums | Where-Object Model -EQ 'sandbox-mini').Cost
        ($sums | Where-Object Model -EQ 'sandbox-mini').Cost | Should -BeGreaterThan 0
    }
}
