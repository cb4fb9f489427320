BeforeAll {
    . $PSScriptRoot/common.ps1

    function New-Generation([string[]] $Prompt, [hashtable] $Other = @{}) {
        Start-ChatGeneration $Prompt -Service Midjourney @Other | Wait-ChatGeneration
    }
}

AfterAll {
    Clear-Test
}

Describe 'Receive-ChatGeneration' {
    BeforeEach {
        Connect-TestSandbox
        $folder = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
    }

    It 'saves the results of many under safe names, in the order of the input' {
        $results = New-Generation 'a fox', 'a hen' | Receive-ChatGeneration -OutDirectory $folder
        $results | Should -BeOfType ChatPS.ChatGenerationResult
        Split-Path $results.Path -Leaf | Should -Be '0001.png', '0002.png'
        $results.Path | Should -Exist
        $results.MediaType | Should -Be 'image/png', 'image/png'
        $results.Input | Should -Be 'a fox', 'a hen'
        $results[0].Size | Should -Be (Get-Item $results[0].Path).Length
    }

    It 'goes from the prompt to the file, through actions' {
        $results = 'a fox', 'a hen' | Start-ChatGeneration -Service Midjourney | Wait-ChatGeneration |
            Invoke-ChatGenerationAction -Action Upscale1 | Wait-ChatGeneration | Receive-ChatGeneration -OutDirectory $folder
        $results.Path | Should -Exist
        $results.Input | Should -Be 'a fox', 'a hen'
    }

    It 'shows in a list of the task that there are results' {
        (New-Generation 'a fox' | Format-List * | Out-String) | Should -Match 'Result +: \{image'
    }

    It 'lists what a server wrote without its escape sequences' {
        $odd = "a$([char] 27)]52;c;ZWNobw==$([char] 7)b"
        foreach ($object in [ChatPS.ChatGenerationAction]@{ Name = $odd; Label = $odd; CustomId = $odd }, [ChatPS.ChatGpt]@{ Id = 'g-a'; Name = $odd; Description = $odd; PromptStarters = $odd }, [ChatPS.ChatGenerationResult]@{ GenerationId = 'x'; Title = $odd; Url = $odd }) {
            $text = $object | Format-List | Out-String
            $text | Should -BeLike '*]52;c;*'
            $text.Contains("$([char] 27)]") | Should -BeFalse -Because $object.GetType().Name
        }
    }

    It 'notes the path with the task' {
        $task = New-Generation 'a fox'
        $null = $task | Receive-ChatGeneration $folder
        $task.Result[0].Path | Should -Exist
    }

    It 'saves to one file, whose ending follows what it is' {
        $null = New-Item -ItemType Directory $folder
        Split-Path (New-Generation 'a fox' | Receive-ChatGeneration -Path (Join-Path $folder fox.jpg)).Path -Leaf | Should -Be 'fox.png'
        $failure = Get-Failure { New-Generation 'a fox', 'a hen' | Receive-ChatGeneration -Path (Join-Path $folder hen.png) }
        Get-Advice $failure | Should -BeLike '*-Path is one file*-OutDirectory*'
    }

    It 'saves a text where there is nothing else' {
        $result = New-Generation 'a fox' @{ Action = 'Shorten' } | Receive-ChatGeneration $folder
        $result.Kind | Should -Be 'text'
        Split-Path $result.Path -Leaf | Should -Be '0001.txt'
        [IO.File]::ReadAllText($result.Path) | Should -BeLike '*two colours'
    }

    It 'asks once for another address where one has expired' {
        $task = New-Generation 'an [expired] fox'
        $task.Result[0].Url | Should -BeLike '*/expired/*'
        (Receive-ChatGeneration $folder -InputObject $task).Path | Should -Exist
        @(Get-TestRequest | Where-Object Path -Like '*/fetch').Count | Should -BeLessOrEqual 5
    }

    It 'says that an address has expired where there is no other' {
        $task = [pscustomobject]@{
            PSTypeName = 'Deserialized.ChatPS.ChatGeneration'; Id = (New-Generation 'a fox').Id; Service = 'Midjourney'; Status = 'Succeeded'; Raw = '{}'; Connection = 'Test'
            Result = @([pscustomobject]@{ Kind = 'image'; Url = "$((Get-ChatConnection Test).BaseUri)/results/expired/x-1"; Part = 7; GenerationId = 'x'; SeenAt = '2026-01-02T03:04:05Z' })
        }
        $failure = Get-Failure { $task | Receive-ChatGeneration $folder }
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        Get-Advice $failure | Should -BeLike '*has expired*first seen at 2026-01-02 03:04:05Z*Make it anew*'
    }

    It 'looks at what is not done according to the object' {
        $task = Start-ChatGeneration 'a fox' -Service Midjourney
        $null = $task | Wait-ChatGeneration
        ($task | Receive-ChatGeneration $folder).Path | Should -Exist
        (Get-ChatGeneration -All -First 1 | Receive-ChatGeneration $folder).Path | Should -Exist
    }

    It 'is an error for <What>, and the others go on' -ForEach @(
        @{ What = 'a task that is not done'; Prompt = 'a [slow] fox'; Id = 'InvalidRequest'; Message = '*is not done yet*Wait-ChatGeneration*' }
        @{ What = 'a task that has failed'; Prompt = 'a [fail] fox'; Id = 'ServerError'; Message = '*has failed: The picture could not be drawn.*' }
        @{ What = 'a task that waits for input'; Prompt = 'an [input] fox'; Id = 'InvalidRequest'; Message = '*waits for input*Invoke-ChatGenerationAction*' }
    ) {
        $tasks = Start-ChatGeneration $Prompt, 'a hen' -Service Midjourney
        $null = $tasks[1] | Wait-ChatGeneration
        if ($Id -eq 'ServerError') {
            $tasks = $tasks | Wait-ChatGeneration
        }

        $results = $tasks | Receive-ChatGeneration $folder -ErrorAction SilentlyContinue -ErrorVariable failures
        $results.Input | Should -Be 'a hen'
        $failures[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $failures[0].TargetObject.Prompt | Should -Be $Prompt
        Get-Advice $failures[0] | Should -BeLike $Message
    }

    It 'keeps the words of a service that refuses a result for another reason' {
        $folder2 = $folder
        Connect-TestSandbox @{ Response = @{ Path = '*/results/*'; StatusCode = 403; Response = @{ error = @{ message = 'Your account is on hold.' } } } }
        $task = New-Generation 'a fox'
        $failure = Get-Failure { $task | Receive-ChatGeneration $folder2 }
        Get-Advice $failure | Should -BeLike '*cannot be fetched*Your account is on hold.*'
        Get-Advice $failure | Should -Not -BeLike '*has expired*'
    }

    It 'saves none of several to one file, where they are known' {
        $null = New-Item -ItemType Directory $folder
        $tasks = New-Generation 'a fox', 'a hen'
        Get-Advice (Get-Failure { Receive-ChatGeneration -InputObject $tasks -Path (Join-Path $folder hen.png) }) | Should -BeLike '*-Path is one file*-OutDirectory*'
        Get-ChildItem $folder | Should -BeNullOrEmpty
    }

    It 'recommends what it takes for <_>' -ForEach 1, 'no-such-task' {
        $item = $_
        $advice = Get-Advice (Get-Failure { $item | Receive-ChatGeneration $folder })
        $advice | Should -BeLike '*Get-ChatGeneration*'
        $advice | Should -Not -BeLike '*give -Id*'
    }

    It 'saves nothing with -WhatIf' {
        New-Generation 'a fox' | Receive-ChatGeneration $folder -WhatIf | Should -BeNullOrEmpty
        $folder | Should -Not -Exist
    }

    It 'refuses what is too large' {
        $failure = Get-Failure { New-Generation 'a fox' | Receive-ChatGeneration $folder -MaxBytes 10 }
        Get-Advice $failure | Should -BeLike '*larger than 10 bytes*'
        Get-ChildItem $folder -File -ErrorAction Ignore | Should -BeNullOrEmpty
    }
}
